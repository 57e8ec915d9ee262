"""The figures of a counted meeting in words: result page, notice, console and seating print these.

Every number comes from the count as it was recorded (`queries.results_of`, `rules/tally.py`), and
every share, order and missing number is put in words here and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from committees import queries
from committees.models import Matter, Meeting
from committees.rules import tally
from committees.rules.seats import Standing
from committees.rules.thresholds import NOTHING, Gate, GateName, Measure, Weight
from portal.tools.ui.gauges import Gauge
from portal.tools.ui.words import area_words, count_words, percent_words

from . import wording

OPTIONS = {
    "agree": lazy("同意"),
    "against": lazy("反对"),
    "abstain": lazy("弃权"),
    "follow": lazy("从多"),
}
STANDINGS = {
    Standing.ELECTED: lazy("当选"),
    Standing.ALTERNATE: lazy("候补"),
    Standing.UNDECIDED_SEAT: lazy("末位得票相同，待定"),
    Standing.UNDECIDED_ALTERNATE: lazy("候补末位相同，待定"),
    Standing.NOT_ELECTED: lazy("未当选"),
}
KINDS = {
    Standing.ELECTED: "done",
    Standing.UNDECIDED_SEAT: "care",
    Standing.UNDECIDED_ALTERNATE: "care",
}
LABELS = {
    (GateName.PARTICIPATION, Measure.HEADS): lazy("参与人数"),
    (GateName.PARTICIPATION, Measure.AREA): lazy("参与面积"),
    (GateName.AGREEMENT, Measure.HEADS): lazy("同意人数（占参与）"),
    (GateName.AGREEMENT, Measure.AREA): lazy("同意面积（占参与）"),
}


@dataclass(frozen=True, slots=True)
class OptionLine:
    name: str
    heads: str
    area: str


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A candidate with the votes won, each with its share of those who took part."""

    name: str
    heads: str
    area: str
    verdict: str
    standing: Standing

    @property
    def standing_words(self) -> str:
        return str(STANDINGS[self.standing])

    @property
    def kind(self) -> str:
        """The kind of its status word (ui `status`)."""
        return KINDS.get(self.standing, "")


@dataclass(frozen=True, slots=True)
class CountedDecision:
    """`notes` say whose votes were added to those who agreed, and whether that decided."""

    matter: Matter
    gauges: tuple[Gauge, ...]
    passed: bool
    options: tuple[OptionLine, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountedElection:
    """The candidates by their votes; `elected`, `alternates` and `tied` are their names."""

    matter: Matter
    gauges: tuple[Gauge, ...]
    candidates: tuple[CandidateLine, ...]
    elected: tuple[str, ...]
    alternates: tuple[str, ...]
    tied: tuple[str, ...]
    open_seats: int
    has_quorum: bool
    party: str

    @property
    def vacant_words(self) -> str:
        return _("空缺 %s 席") % self.open_seats if self.open_seats else ""


Counted = CountedDecision | CountedElection


def counted_matters(meeting: Meeting, results: Iterable[tally.Result]) -> list[Counted]:
    """Each matter with its figures, in the order of the results; 2 queries."""
    rows = Matter.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    matters = {matter.code: matter for matter in rows.prefetch_related("candidates")}
    return [
        _decision(matters[one.id], one)
        if isinstance(one, tally.DecisionResult)
        else _election(meeting, matters[one.id], one)
        for one in results
    ]


def counted_of(meeting: Meeting) -> list[Counted]:
    """The recorded result, empty before the count."""
    results = queries.results_of(meeting)
    return counted_matters(meeting, results) if results else []


def gauges(gate: Gate) -> tuple[Gauge, Gauge]:
    """A gate by heads and by area."""
    heads, area = (
        Gauge(
            part=gate.part.by(measure),
            whole=gate.of.by(measure),
            bar=gate.bar.share,
            inclusive=gate.bar.inclusive,
            needed=gate.bar.least(of=gate.of.by(measure)),
            label=str(LABELS[gate.name, measure]),
            unit="㎡" if measure is Measure.AREA else _("人"),
        )
        for measure in Measure
    )
    return heads, area


def _decision(matter: Matter, one: tally.DecisionResult) -> CountedDecision:
    return CountedDecision(
        matter=matter,
        gauges=(*gauges(one.verdict.participation), *gauges(one.verdict.agreement)),
        passed=one.verdict.passed,
        options=tuple(
            OptionLine(str(OPTIONS[name]), count_words(weight.heads), area_words(weight.area))
            for name, weight in zip(matter.options, one.options, strict=True)
        ),
        notes=tuple(_notes(one)),
    )


def _notes(one: tally.DecisionResult) -> Iterable[str]:
    agreed = {"agreed": _weight(one.options[0]), "sum": _weight(one.verdict.agreement.part)}
    if one.deemed_to_agree != NOTHING:
        words = _(
            "同意 %(agreed)s，加上从多 %(followed)s、"
            "已送达未投票视为随多数意见 %(deemed)s，共 %(sum)s。"
        )
        added = {"followed": _weight(one.followed), "deemed": _weight(one.deemed_to_agree)}
        yield words % (agreed | added)
    elif one.followed != NOTHING:
        words = _("同意 %(agreed)s，加上从多 %(followed)s，共 %(sum)s。")
        yield words % (agreed | {"followed": _weight(one.followed)})
    if one.strict.passed != one.verdict.passed:
        yield _("如不计“从多”，本事项的结论不同。")


def _weight(weight: Weight) -> str:
    return f"{count_words(weight.heads, _('人'))}（{area_words(weight.area)}）"


def _election(meeting: Meeting, matter: Matter, one: tally.ElectionResult) -> CountedElection:
    names = {who.code: who.name for who in matter.candidates.all()}
    return CountedElection(
        matter=matter,
        gauges=gauges(one.participation),
        candidates=tuple(
            CandidateLine(
                name=names[who.id],
                heads=_votes(who.agreement, Measure.HEADS),
                area=_votes(who.agreement, Measure.AREA),
                verdict=wording.verdict(who.is_qualified),
                standing=who.standing,
            )
            for who in one.ranked
        ),
        elected=tuple(names[who] for who in one.seating.elected),
        alternates=tuple(names[who] for who in one.seating.alternates),
        tied=tuple(names[who] for who in one.seating.tied),
        open_seats=one.open_seats,
        has_quorum=one.participation.is_cleared,
        party=_party(meeting, one),
    )


def _votes(gate: Gate, measure: Measure) -> str:
    part, of = gate.part.by(measure), gate.of.by(measure)
    figure = area_words(part) if measure is Measure.AREA else count_words(part)
    return f"{figure}（{percent_words((part, of))}）"


def _party(meeting: Meeting, one: tally.ElectionResult) -> str:
    """The share among the elected against its target; nothing where nobody was elected."""
    if not one.party.members:
        return ""
    words = _(
        "当选人中中共党员 %(members)s 人，占 %(members)s/%(all)s（%(share)s）；%(target)s"
        "该比例由当选结果得出，不改变任何人的当选。"
    )
    return words % {
        "members": one.party.party_members,
        "all": one.party.members,
        "share": percent_words((one.party.party_members, one.party.members)),
        "target": wording.party_target(one.party, meeting.sources.get("party_target", "")),
    }
