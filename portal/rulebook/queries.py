"""The rule for a key, here, on that day."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from operator import attrgetter
from typing import Literal
from uuid import UUID

from django.db.models import F, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from portal.places.models import Compound, Region

from .models import CompoundRule, Rule, value_in_words
from .rules.numbers import Number, number
from .rules.regions import COUNTRY, HOME, chain
from .rules.resolve import in_force
from .rules.room import Room, combined

ONE_DAY = timedelta(days=1)
SetBy = Literal["law", "default", "compound"]
# The county's profile; its streets and communities have none of their own.
PROFILE = Coalesce(
    NullIf(F("region__parent__parent__profile"), Value("")),
    NullIf(F("region__parent__profile"), Value("")),
    NullIf(F("region__profile"), Value("")),
    Value(COUNTRY),
)


profile_of = attrgetter("profile")  # of a row that was annotated with it


class NoRule(LookupError):
    """Nothing of this key is in force there on that day."""

    def __init__(self, key: str, on: date) -> None:
        super().__init__(f"no rule {key} on {on}")
        self.key, self.on = key, on


@dataclass(frozen=True, slots=True)
class InForce:
    """A rule as it stands for one place on one day.

    `value` is what holds there: the compound's own number, else the default where the rulebook
    names one, else the law's; `set_by` says which.  `legal` is the number of the law itself, and
    `room` what a compound may do with it.  `clause` is the compound's own, "" if it has none.
    A number that `is_reference` is shown and set, and nothing here is judged by it.
    """

    key: str
    value: Fraction | int
    text: str  # the value as written: "20%", "2/3", "15"
    operator: str
    unit: str
    title: str
    authority: str
    article: str
    confidence: str
    region: str
    is_binding: bool
    is_recalled: bool
    is_reference: bool
    effective_from: date
    effective_to: date | None
    room: str
    legal: Fraction | int
    set_by: SetBy
    clause: str
    default_source: str
    words: str
    is_waivable: bool

    @property
    def inclusive(self) -> bool:
        """Whether the number itself is enough: 以上 and 以内 hold it, 超过 does not (art. 1259)."""
        return self.operator not in {">", "<"}

    @property
    def law(self) -> str:
        """The authority and its article: 《民法典》第278条第2款."""
        return f"{self.authority}{self.article}"

    @property
    def source(self) -> str:
        """Who says `value`: the law's article, the default's source or the compound's clause."""
        if self.set_by == "compound":
            return self.clause
        return self.default_source if self.set_by == "default" else self.law

    @property
    def value_words(self) -> str:
        return value_in_words(self.text, self.operator, self.unit)


class Rulings(dict[str, InForce]):
    """Rules by key; `[key]` refuses (`NoRule`) where none is in force, `.get(key)` gives None."""

    def __init__(self, found: dict[str, InForce], on: date) -> None:
        super().__init__(found)
        self.on = on

    def __missing__(self, key: str) -> InForce:
        raise NoRule(key, self.on)


def rule_for(
    key: str, *, at_compound: Compound | None = None, region: str = HOME, on: date
) -> InForce:
    """The rule of `key` in force on the day; refuses (`NoRule`) if there is none.

    Where a compound is named its county's profile is the region, and its own number counts
    inside the law's room.  1 query, 2 with a compound.
    """
    return rules_for([key], at_compound=at_compound, region=region, on=on)[key]


def rules_for(
    keys: Iterable[str],
    *,
    at_compound: Compound | None = None,
    region: str = HOME,
    on: date,
    known_at: datetime | None = None,
) -> Rulings:
    """The rules of all `keys` as `rule_for`, in as many queries as one of them; `known_at` is K
    (None: now)."""
    wanted = list(keys)
    rows = Rule.objects.in_force(on, known_at).filter(key__in=wanted)
    laws = _laws(rows, at_compound, region, on)
    own: dict[str, CompoundRule] = {}
    if at_compound is not None:
        theirs = CompoundRule.objects.in_force(on).filter(compound=at_compound, key__in=wanted)
        own = {row.key: row for row in theirs}
    return Rulings({key: _ruling(law, own.get(key)) for key, law in laws.items()}, on)


def rules_for_each(
    keys: Iterable[str],
    compound_ids: Iterable[UUID],
    *,
    on: date,
    known_at: datetime | None = None,
) -> dict[UUID, Rulings]:
    """The rules of all `keys` as `rule_for`, for every compound of `compound_ids`; 3 queries."""
    places = list(compound_ids)
    found = RulesInTime(keys, places, known_at=known_at)
    return {pk: found.on(pk, on) for pk in places}


class RulesInTime:
    """The rules of all `keys` at the compounds on any day, as the book knew them by K (None: now);
    3 queries when it is made."""

    def __init__(
        self, keys: Iterable[str], compound_ids: Iterable[UUID], *, known_at: datetime | None = None
    ) -> None:
        wanted, places = list(keys), list(compound_ids)
        rows = Compound.objects.filter(pk__in=places).values_list("pk", PROFILE)
        self._profiles: dict[UUID, str] = dict(rows)
        self._laws = list(Rule.objects.known(known_at).filter(key__in=wanted))
        self._own: dict[UUID, list[CompoundRule]] = {pk: [] for pk in places}
        for own in CompoundRule.objects.filter(compound__in=places, key__in=wanted):
            self._own[own.compound_id].append(own)
        self._law_days = sorted({day for law in self._laws for day in _turns(law)})
        self._held: dict[tuple[str, int], dict[str, Rule]] = {}
        self._days: dict[UUID, list[date]] = {}
        self._found: dict[tuple[UUID | str, int], Rulings] = {}

    def days(self, compound: UUID) -> list[date]:
        """The days on which something of them began or ended there."""
        if compound not in self._days:
            own = {day for row in self._own[compound] for day in _days_of_force(row)}
            self._days[compound] = sorted(own.union(self._law_days))
        return self._days[compound]

    def on(self, compound: UUID, day: date) -> Rulings:
        """The rules in force there on the day."""
        profile, own = self._profiles[compound], self._own[compound]
        # between two of the days nothing differs, nor between compounds without a number of theirs
        known = compound if own else profile, bisect_right(self.days(compound), day)
        if known not in self._found:
            laws = self._holding(profile, day)
            here = {row.key: row for row in own if _holds_on(row, day)}
            rules = {key: _ruling(law, here.get(key)) for key, law in laws.items()}
            self._found[known] = Rulings(rules, day)
        return self._found[known]

    def _holding(self, profile: str, day: date) -> dict[str, Rule]:
        """Of each key the row that holds; between two turns it is the same."""
        known = profile, bisect_right(self._law_days, day)
        if known not in self._held:
            acting = [law for law in self._laws if law.acts_on(day)]
            self._held[known] = {rule.key: rule for rule in _holding(acting, profile, day)}
        return self._held[known]


def _days_of_force(row: Rule | CompoundRule) -> list[date]:
    """The day it begins, and the day after its last."""
    ended = [row.effective_to + ONE_DAY] if row.effective_to else []
    return [row.effective_from, *ended]


def _turns(law: Rule) -> list[date]:
    corrected = [law.acts_from] if law.acts_from else []
    replaced = [law.acts_until + ONE_DAY] if law.acts_until else []
    return [*_days_of_force(law), *corrected, *replaced]


def _holds_on(row: CompoundRule, day: date) -> bool:
    begun = row.effective_from <= day
    return begun and (row.effective_to is None or day <= row.effective_to)


def region_of(compound: Compound) -> str:
    """The region profile of the compound's county; "cn" where the county names none.  1 query."""
    return _profile(compound).get()


def profile_over(region: Region) -> str:
    """The profile of the region or the next one above that has one; "cn" where none has."""
    above: Region | None = region
    while above is not None:
        if above.profile:
            return above.profile
        above = above.parent
    return COUNTRY


def _profile(compound: Compound) -> QuerySet[Compound, str]:
    return Compound.objects.filter(pk=compound.pk).values_list(PROFILE, flat=True)


def _laws(
    rows: QuerySet[Rule], compound: Compound | None, region: str, on: date
) -> dict[str, Rule]:
    """The law's rule of each key that has one, in one query."""
    if compound is None:
        found = list(rows.filter(region__in=chain(region)))
    else:
        found = list(rows.annotate(profile=Subquery(_profile(compound))))
        region = profile_of(found[0]) if found else region
    return {rule.key: rule for rule in _holding(found, region, on)}


def _ruling(law: Rule, own: CompoundRule | None) -> InForce:
    legal = number(law.value)
    text, set_by = _said(law, legal, own)
    return InForce(
        key=law.key,
        value=number(text),
        text=text,
        operator=law.operator,
        unit=law.unit,
        title=law.title,
        authority=law.authority,
        article=law.article,
        confidence=law.confidence,
        region=law.region,
        is_binding=law.is_binding,
        is_recalled=law.is_recalled,
        is_reference=law.is_reference,
        effective_from=law.effective_from,
        effective_to=law.effective_to,
        room=law.room,
        legal=legal,
        set_by=set_by,
        clause=own.clause if own and set_by == "compound" else "",
        default_source=law.default_source,
        words=law.words,
        is_waivable=law.is_waivable,
    )


def _said(law: Rule, legal: Number, own: CompoundRule | None) -> tuple[str, SetBy]:
    """The number that holds, as written, and who said it."""
    if own is not None:
        value = number(own.value)
        holds = combined(Room(law.room), legal, value) == value
        # a clause that a newer law has overtaken gives way to the law
        return (own.value, "compound") if holds and law.room else (law.value, "law")
    return (law.default, "default") if law.default else (law.value, "law")


@dataclass(frozen=True, slots=True)
class Line:
    """A rule on the page; `anchor` is its key at the key's first line, "" further down."""

    rule: Rule
    anchor: str


@dataclass(frozen=True, slots=True)
class Section:
    """The rules of one subject, in the order of the book."""

    subject: str
    anchor: str
    lines: list[Line]


def book(*, word: str, region: str | None, on: date) -> list[Section]:
    """The rules in force on the day by subject: of each key the one that holds in `region`, or
    those of every region where it is None; with `word`, only those that contain it.  1 query.
    """
    rows = list(Rule.objects.in_force(on).order_by("position"))
    if region is not None:
        rows = _holding(rows, region, on)
    sections: dict[str, list[Line]] = {}
    seen: set[str] = set()
    for row in rows:
        if word and not _holds(row, word):
            continue
        anchor = "" if row.key in seen else row.key
        seen.add(row.key)
        sections.setdefault(row.subject, []).append(Line(row, anchor))
    return [
        Section(subject, f"s{number}", lines)
        for number, (subject, lines) in enumerate(sections.items(), start=1)
    ]


@dataclass(frozen=True, slots=True)
class History:
    """All that the book ever said of one key."""

    key: str
    standing: Rule | None  # what holds at home on the day
    present: list[Rule]  # everything in force somewhere on the day, the broadest region first
    past: list[Rule]  # no longer in force, the latest first
    coming: list[Rule]

    @property
    def title(self) -> str:
        """The title of what holds now, else of what was said last."""
        every = [self.standing, *self.present, *self.coming, *self.past]
        return next(rule.title for rule in every if rule is not None)


def history(key: str, *, region: str, on: date) -> History | None:
    """The history of a key as of the day; None if the book has no such key.  1 query."""
    rows = list(Rule.objects.known(None).filter(key=key).order_by("position"))
    if not rows:
        return None
    past = [row for row in rows if _is_past(row, on)]
    coming = [row for row in rows if row.effective_from > on]
    return History(
        key=key,
        standing=in_force([row for row in rows if row.acts_on(on)], region=region, on=on),
        present=[row for row in rows if row not in past and row not in coming],
        past=sorted(past, key=lambda row: row.effective_from, reverse=True),
        coming=coming,
    )


def _is_past(row: Rule, on: date) -> bool:
    """Its law has ended, or a correction has replaced it."""
    ends = [day for day in (row.effective_to, row.acts_until) if day is not None]
    return bool(ends) and min(ends) < on


def _holding(rows: list[Rule], region: str, on: date) -> list[Rule]:
    """Of each key the row that holds in the region, in the order of the book."""
    of_key: dict[str, list[Rule]] = {}
    for row in rows:
        of_key.setdefault(row.key, []).append(row)
    chosen = (in_force(group, region=region, on=on) for group in of_key.values())
    return sorted(filter(None, chosen), key=lambda row: row.position)


def _holds(row: Rule, word: str) -> bool:
    text = " ".join((row.key, row.subject, row.title, row.value, row.source, row.words))
    return word.casefold() in text.casefold()
