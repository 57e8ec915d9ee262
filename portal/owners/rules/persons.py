"""Who is one person: in a roll, and between a roll and the registry.

One person is one identity number; without it, one name with one phone.  A line with a number joins
the person of that name and phone if there is exactly one.  A name alone is a person of its part.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from uuid import UUID

from .identity import read_number
from .people import Mention, PersonKey, is_company, name_key
from .phones import read_phone
from .registry import Person, PersonValue, Registry

MOST_NAMESAKES = 100  # of one part that are compared with each other: no part has more
Mentioned = tuple[str, Mention]  # the part's key, and an owner named there
Taken = dict[UUID, list[Mentioned]]  # the registry's persons whom the roll tells apart, as it does


class Persons:
    """The persons of a roll, of all its readable lines, beside those of the registry."""

    def __init__(
        self, registry: Registry, mentions: Sequence[Mention], *, demonstration: bool = False
    ) -> None:
        self._registry = registry
        self._known = {
            key: Known(person, demonstration=demonstration)
            for key, person in registry.people.items()
        }
        self._numbers: dict[tuple[str, str], set[str]] = defaultdict(set)  # by name and phone
        self._by_number: dict[str, UUID] = {}
        self._unnumbered: dict[tuple[str, str], list[UUID]] = defaultdict(list)
        self._holders: dict[tuple[str, str], list[UUID]] = defaultdict(list)  # by part and name
        self._parts_held: dict[UUID, set[str]] = defaultdict(set)
        self._read_registry()
        unnumbered = {(one.name_key, one.phone) for one in mentions if one.phone and not one.number}
        asked = unnumbered | self._unnumbered.keys()  # whether one number stands there
        for one in mentions if asked else ():
            if one.number and (one.name_key, one.phone) in asked:
                self._numbers[one.name_key, one.phone].add(one.number)

    def key_of(self, part: str, mention: Mention) -> PersonKey:
        """Which person of the roll a mention is."""
        if mention.number:
            return ("number", mention.number)
        if not mention.phone:
            return ("alone", part, mention.name_key)
        numbers = self._numbers.get((mention.name_key, mention.phone), set())
        if len(numbers) == 1:
            return ("number", *numbers)
        return ("phone", mention.name_key, mention.phone)

    def match(
        self, persons: dict[PersonKey, list[Mentioned]], new_keys: Iterator[UUID]
    ) -> dict[PersonKey, UUID]:
        """The registry's person for each of the roll's, or a new key.

        First by number, then by name and phone; then the one of that name who holds that part and
        no other, which keeps who gained a number or another phone; a name alone is the holder's,
        unless the roll calls the holder otherwise now.
        """
        found: dict[PersonKey, UUID] = {}
        told_apart = {key: said for key, said in persons.items() if key[0] != "alone"}
        taken: Taken = {}
        ways = (self._by_proof, self._by_only_part) if self._known else ()
        for find, (key, mentioned) in product(ways, told_apart.items()):
            if key not in found and (person := find(key, mentioned, taken)):
                found[key] = person
                taken[person] = mentioned
        for key in persons.keys() - told_apart.keys():
            if holder := self._holder(key[1], key[2], taken):
                found[key] = holder
        return {key: found.get(key) or next(new_keys) for key in persons}

    def names_held_outside(self, parts: set[str]) -> dict[str, str]:
        """The names by number of those who hold a part that is not among `parts`."""
        return {
            number: self._known[person].person.name
            for number, person in self._by_number.items()
            if self._parts_held[person] - parts
        }

    def names_at(self) -> Iterator[tuple[str, str]]:
        """The registry's (part, name key), of every present holding."""
        yield from self._holders

    def value(self, key: UUID, mentions: Sequence[Mention]) -> PersonValue:
        """What the registry is to say of a person whom these good lines name.

        A good phone or number is not given up for one that fits no form, nor for an empty cell.
        """
        known = self._known.get(key)
        if known is None and len(mentions) == 1:
            return _as_mentioned(key, mentions[0])
        name = known.person.name if known else mentions[0].name
        phone, phone_is_checked = _best(
            [(one.phone, one.phone_as_entered) for one in mentions],
            (known.phone, known.person.phone) if known else ("", ""),
        )
        number, id_is_checked = _best(
            [(one.number, one.number_as_entered) for one in mentions],
            (known.number, known.person.id_number) if known else ("", ""),
        )
        if known and known.name != mentions[0].name_key:
            name = mentions[0].name
        person = Person(key, name, phone, number)
        return PersonValue(
            person=person,
            phone_is_checked=phone_is_checked,
            id_is_checked=id_is_checked,
            is_company=any(is_company(one) for one in mentions),
            is_new=known is None,
            is_changed=known is not None and known.person != person,
        )

    def _read_registry(self) -> None:
        for key, known in self._known.items():
            if known.number:
                self._by_number[known.number] = key
                if known.phone:
                    self._numbers[known.name, known.phone].add(known.number)
            elif known.phone:
                self._unnumbered[known.name, known.phone].append(key)
        for part, registered in self._registry.parts.items():
            for holding in registered.owners:
                self._holders[part, self._known[holding.person].name].append(holding.person)
                self._parts_held[holding.person].add(part)

    def _by_proof(self, key: PersonKey, mentioned: list[Mentioned], taken: Taken) -> UUID | None:
        if key[0] == "number" and key[1] in self._by_number:
            return self._by_number[key[1]]
        for _, mention in mentioned:
            named = (mention.name_key, mention.phone)
            alike = self._unnumbered.get(named, ())[:MOST_NAMESAKES]
            free = [person for person in alike if person not in taken]
            if len(free) == 1 and (key[0] == "phone" or len(self._numbers[named]) == 1):
                return free[0]
        return None

    def _holder(self, part: str, name: str, taken: Taken) -> UUID | None:
        for person in self._holders.get((part, name), ())[:MOST_NAMESAKES]:
            if person not in taken or any(one.name_key == name for _, one in taken[person]):
                return person
        return None

    def _by_only_part(self, _: PersonKey, mentioned: list[Mentioned], taken: Taken) -> UUID | None:
        for part, mention in mentioned:
            for person in self._holders.get((part, mention.name_key), ())[:MOST_NAMESAKES]:
                known = self._known[person]
                if person in taken or self._parts_held[person] != {part}:
                    continue
                if not (known.number and mention.number) or known.phone == mention.phone != "":
                    return person
        return None


class Known:
    """A person of the registry as the roll's mentions are compared with."""

    __slots__ = ("name", "number", "person", "phone")

    def __init__(self, person: Person, *, demonstration: bool) -> None:
        self.person = person
        self.name = name_key(person.name)
        self.phone = read_phone(person.phone, demonstration=demonstration)
        self.number = read_number(person.id_number, demonstration=demonstration)


def _as_mentioned(key: UUID, one: Mention) -> PersonValue:
    """A person whom one line names and the registry does not know."""
    return PersonValue(
        person=Person(
            key, one.name, one.phone or one.phone_as_entered, one.number or one.number_as_entered
        ),
        phone_is_checked=bool(one.phone),
        id_is_checked=bool(one.number),
        is_company=is_company(one),
        is_new=True,
        is_changed=False,
    )


def _best(said: Sequence[tuple[str, str]], known: tuple[str, str]) -> tuple[str, bool]:
    """The first checked of (checked, as entered), else the registry's if that is checked, else the
    first as entered, else the registry's; and whether it is checked."""
    checked = next((good for good, _ in said if good), "")
    if checked and checked != known[0]:
        return checked, True
    if known[0]:
        return known[1], True  # in the registry's own spelling
    return next((entered for _, entered in said if entered), known[1]), False
