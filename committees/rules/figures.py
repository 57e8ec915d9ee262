"""Do the published figures of a vote bear out what was announced?  Format result-figures/1.

What others counted is taken as it was printed, and any figure may be missing: a test then stays
unknown.  The bars are those of the day of the decision.  Until the Civil Code (art. 278) agreement
was measured against all owners, and since then against those who took part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from committees.rules.matters import BarName
from committees.rules.published import Figure, Figures, Outcome, Printed
from committees.rules.thresholds import Bar, GateName, Measure

WITHIN = Fraction(1, 100)  # ㎡ by which each printed area may be out


class Answer(StrEnum):
    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"


class Code(StrEnum):
    """What may not fit, in the order in which it is told."""

    MORE_THAN_ALL = "more-than-all"
    DO_NOT_ADD_UP = "options-do-not-add-up"
    PERCENT_MISMATCH = "percent-mismatch"
    PERCENT_TRUNCATED = "percent-truncated"
    CONTRADICTED = "verdict-contradicts-figures"
    DEPENDS_ON_DEEMED = "depends-on-deemed"
    LAW_OF_THE_DAY = "law-of-the-day"


@dataclass(frozen=True, slots=True)
class Law:
    """The bars of a day; `of_all`: agreement is measured against all, not those who took part."""

    participation: Bar
    agreement: Mapping[BarName, Bar]
    of_all: bool
    is_past: bool


@dataclass(frozen=True, slots=True)
class Test:
    """One measure of one gate with the figures before it."""

    gate: GateName
    measure: Measure
    part: Figure | None
    of: Figure | None
    bar: Bar

    @property
    def answer(self) -> Answer:
        if self.part is None or self.of is None:
            return Answer.UNKNOWN
        return Answer.MET if self.bar.cleared_by(self.part, of=self.of) else Answer.NOT_MET


@dataclass(frozen=True, slots=True)
class Excess:
    """`path` is more than `beyond`, of which it is a part."""

    path: str
    figure: Figure
    beyond: str
    limit: Figure


@dataclass(frozen=True, slots=True)
class Gap:
    """Options and deemed come to `summed` where `participated` took part."""

    measure: Measure
    summed: Figure
    participated: Figure


@dataclass(frozen=True, slots=True)
class Misprint:
    """A printed percentage, and what it is rounded half up and cut off at its own places."""

    printed: Printed
    half_up: int  # like `printed.scaled`
    cut_off: int


@dataclass(frozen=True, slots=True)
class Change:
    """One verdict where another was said or would be."""

    said: Outcome
    found: Outcome


Detail = Excess | Gap | Misprint | Change


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that does not fit, each case of it; without details where the code says all."""

    code: Code
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    tests: tuple[Test, ...]
    verdict: Outcome
    flags: tuple[Flag, ...]

    def answer(self, gate: GateName, measure: Measure) -> Answer:
        (found,) = (one for one in self.tests if (one.gate, one.measure) == (gate, measure))
        return found.answer


def judge(figures: Figures, law: Law) -> Finding:
    """Measure the figures by the law of their day, and tell all that does not fit."""
    tests = tests_of(figures, law)
    verdict = verdict_of(tests)
    known = figures.by_path()
    found: dict[Code, list[Detail]] = {
        Code.MORE_THAN_ALL: list(_excesses(figures, known)),
        Code.DO_NOT_ADD_UP: list(_gaps(figures)),
        Code.PERCENT_MISMATCH: [],
        Code.PERCENT_TRUNCATED: [],
        Code.CONTRADICTED: list(_contradiction(figures, verdict)),
        Code.DEPENDS_ON_DEEMED: list(_dependence(figures, law, verdict)),
    }
    for one in figures.printed:
        misprint = _misprint(known, one)
        if misprint is not None:
            cut = misprint.cut_off == one.scaled
            found[Code.PERCENT_TRUNCATED if cut else Code.PERCENT_MISMATCH].append(misprint)
    flags = [Flag(code, tuple(details)) for code, details in found.items() if details]
    if law.is_past:
        flags.append(Flag(Code.LAW_OF_THE_DAY))
    return Finding(tests, verdict, tuple(flags))


def tests_of(figures: Figures, law: Law) -> tuple[Test, ...]:
    """Both gates by both measures."""
    bar = law.agreement[figures.bar]
    participation = [
        Test(
            GateName.PARTICIPATION,
            measure,
            figures.took_part(measure),
            figures.roll.by(measure),
            law.participation,
        )
        for measure in Measure
    ]
    agreement = [
        Test(
            GateName.AGREEMENT,
            measure,
            figures.agreed(measure),
            figures.roll.by(measure) if law.of_all else figures.took_part(measure),
            bar,
        )
        for measure in Measure
    ]
    return (*participation, *agreement)


def verdict_of(tests: tuple[Test, ...]) -> Outcome:
    """One test not met is enough for a no; a yes needs all four."""
    answers = {one.answer for one in tests}
    if Answer.NOT_MET in answers:
        return Outcome.NOT_PASSED
    return Outcome.UNKNOWN if Answer.UNKNOWN in answers else Outcome.PASSED


def _excesses(figures: Figures, known: Mapping[str, Figure]) -> Iterator[Excess]:
    inner = [f"options.{name}" for name in figures.options]
    inner += ["deemed"] if figures.deemed else []
    pairs = [("participated", "roll"), *((path, "participated") for path in inner)]
    for path, beyond in pairs:
        for measure in Measure:
            figure, limit = known.get(f"{path}.{measure}"), known.get(f"{beyond}.{measure}")
            if figure is not None and limit is not None and figure > limit:
                yield Excess(f"{path}.{measure}", figure, f"{beyond}.{measure}", limit)


def _gaps(figures: Figures) -> Iterator[Gap]:
    for measure in Measure:
        summed, said = figures.summed(measure), figures.participated.by(measure)
        allowed = WITHIN * (len(figures.summands) if measure is Measure.AREA else 0)
        if summed is not None and said is not None and abs(Fraction(summed) - said) > allowed:
            yield Gap(measure, summed, said)


def _misprint(known: Mapping[str, Figure], printed: Printed) -> Misprint | None:
    """What is wrong with a printed percentage; None if nothing is, or if nothing can be said."""
    part, of = known.get(printed.part), known.get(printed.of)
    if part is None or not of:
        return None
    scaled = Fraction(part) / of * 100 * 10**printed.places
    half_up = int((2 * scaled + 1) // 2)
    if printed.scaled == half_up:
        return None
    return Misprint(printed, half_up, int(scaled // 1))


def _contradiction(figures: Figures, verdict: Outcome) -> Iterator[Change]:
    if figures.announced and verdict not in {Outcome.UNKNOWN, figures.announced}:
        yield Change(figures.announced, verdict)


def _dependence(figures: Figures, law: Law, verdict: Outcome) -> Iterator[Change]:
    """Another verdict without the deemed, be it that nothing can then be known."""
    without = verdict_of(tests_of(figures.without_deemed(), law))
    if without != verdict:
        yield Change(verdict, without)
