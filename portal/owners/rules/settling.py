"""The registry after the good rows: what each of them changes, how many heads there are then."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from .heads import HeldPart, Totals, totals_of
from .lines import RollLine
from .parts import PartSaid
from .people import Mention, PersonKey
from .persons import Mentioned, Persons
from .registry import Holding, PartValue, PersonValue, RegisteredPart, Registry
from .scopes import HOMES, counts_in
from .words import DELIVERED


class PartLines(NamedTuple):
    """The lines of one part, and what they say of it."""

    key: str
    lines: Sequence[RollLine]
    good: Sequence[RollLine]
    said: PartSaid

    @property
    def is_told_whole(self) -> bool:
        """Whether no line is bad but for repeating another, and nobody else is named on it."""
        return all(
            line.has_only("row-repeated") and (not line.bad or line.names_only_repeated)
            for line in self.lines
        )


class _Changed(NamedTuple):
    is_whole: bool
    owners: set[UUID]


class Settling:
    """Brings the good rows of a roll and the registry together.

    A part's good rows replace its owners; but while one of its rows is bad nobody is dropped, since
    who stands there is not known.  Parts that the file leaves out stay as they are.  What would be
    written is made when it is asked for: to look at a first roll takes none of it.
    """

    def __init__(
        self,
        parts: Sequence[PartLines],
        persons: Persons,
        registry: Registry,
        new_keys: Iterator[UUID],
    ) -> None:
        self._persons, self._registry, self._new_keys = persons, registry, new_keys
        self._lines = [part for part in parts if part.good]

    @cached_property
    def parts(self) -> dict[str, PartValue]:
        """Each part with good rows as these leave it, by its room's key."""
        return {part.key: self._part(part) for part in self._lines}

    @cached_property
    def people(self) -> dict[UUID, PersonValue]:
        """Each person whom good rows name as these leave them."""
        said: dict[UUID, list[Mention]] = defaultdict(list)
        for person, mentioned in self._named.items():
            said[self._keys[person]] += [mention for _, mention in mentioned]
        return {key: self._persons.value(key, mentions) for key, mentions in said.items()}

    @cached_property
    def _named(self) -> dict[PersonKey, list[Mentioned]]:
        """The persons of good rows in the order in which they are first named."""
        named: dict[PersonKey, list[Mentioned]] = defaultdict(list)
        good = (line for part in self._lines for line in part.good)
        for line in sorted(good, key=attrgetter("row")):
            for person, mention in zip(line.persons, line.mentions, strict=True):
                named[person].append((line.part, mention))
        return named

    @cached_property
    def _keys(self) -> dict[PersonKey, UUID]:
        return self._persons.match(self._named, self._new_keys)

    def fates(self) -> dict[int, str]:
        """For each good row new, changed or same, against the registry before."""
        fates = {}
        for part in self._lines:
            before = self._registry.parts.get(part.key)
            changed = self._changed(before, self.parts[part.key].part) if before else None
            for line in part.good:
                fates[line.row] = "new" if changed is None else self._fate(line, changed)
        return fates

    def totals(self) -> Totals:
        """The roll afterwards, over the parts of the default scope."""
        return totals_of(self._held() if self._registry.parts else self._held_as_said())

    def _counts(self, use: str) -> bool:
        return HOMES in counts_in(use, self._registry.counting)

    def _held(self) -> Iterator[HeldPart[Hashable]]:
        after = dict(self._registry.parts) | {key: value.part for key, value in self.parts.items()}
        for key, part in after.items():
            if self._counts(part.use):
                owners = frozenset([holding.person for holding in part.owners])
                yield HeldPart(key, part.area, part.delivery != DELIVERED, owners)

    def _held_as_said(self) -> Iterator[HeldPart[Hashable]]:
        """Where the registry has no part, the file alone tells who is one person."""
        for key, _, good, said in self._lines:
            if self._counts(said.use):
                owners = frozenset([person for line in good for person in line.persons])
                yield HeldPart(key, said.area or 0, said.delivery != DELIVERED, owners)

    def _part(self, part: PartLines) -> PartValue:
        before = self._registry.parts.get(part.key)
        named = {
            self._keys[person]: mention
            for line in part.good
            for person, mention in zip(line.persons, line.mentions, strict=True)
        }
        if before is None:
            return self._new_part(part, named)
        held = _by_person(before)
        owners = {} if part.is_told_whole else dict(held)
        is_same_set = held.keys() == owners.keys() | named.keys()
        for person, mention in named.items():
            owners[person] = _holding(person, mention, held.get(person), keeps_share=is_same_set)
        said = part.said
        after = RegisteredPart(said.area or 0, said.use, said.delivery, tuple(owners.values()))
        differs = _differs(before, after) or held != owners
        return PartValue(part.said.room, after, is_new=False, is_changed=differs)

    def _new_part(self, part: PartLines, named: dict[UUID, Mention]) -> PartValue:
        said = part.said
        owners = tuple([Holding(key, one.share, one.certificate) for key, one in named.items()])
        after = RegisteredPart(said.area or 0, said.use, said.delivery, owners)
        return PartValue(said.room, after, is_new=True, is_changed=False)

    def _changed(self, before: RegisteredPart, after: RegisteredPart) -> _Changed:
        """What of a part known before changes: itself, with each of its lines, or some owners."""
        held = _by_person(before)
        owners = {one.person for one in after.owners if held.get(one.person) != one}
        return _Changed(_differs(before, after), owners)

    def _fate(self, line: RollLine, changed: _Changed) -> str:
        named = {self._keys[person] for person in line.persons}
        is_changed = (
            changed.is_whole
            or not named.isdisjoint(changed.owners)
            or any(self.people[person].is_changed for person in named)
        )
        return "changed" if is_changed else "same"


def _by_person(part: RegisteredPart | None) -> dict[UUID, Holding]:
    return {holding.person: holding for holding in part.owners} if part else {}


def _differs(before: RegisteredPart, after: RegisteredPart) -> bool:
    """Whether the part itself changes, or loses an owner: then each of its rows does."""
    left = {holding.person for holding in before.owners} - {
        holding.person for holding in after.owners
    }
    is_other = (before.area, before.use, before.delivery) != (after.area, after.use, after.delivery)
    return is_other or bool(left)


def _holding(
    person: UUID, mention: Mention, before: Holding | None, *, keeps_share: bool
) -> Holding:
    """What the line says; of what it leaves open the registry's, the share while nobody of the
    part comes or goes."""
    share, certificate = mention.share, mention.certificate
    if before:
        share = before.share if share is None and keeps_share else share
        certificate = certificate or before.certificate
    return Holding(person, share, certificate)
