"""What was found in the figures of others, in the form of result-figures/1 and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from committees.models import Matter
from committees.queries.laws import LawOfTheDay
from committees.rules.figures import (
    Answer,
    Change,
    Code,
    Detail,
    Excess,
    Finding,
    Flag,
    Gap,
    Misprint,
    Test,
)
from committees.rules.figures_form import Fault, Problem
from committees.rules.published import Figure, Figures, Outcome
from committees.rules.thresholds import GateName, Measure
from portal.rulebook.models import value_in_words
from portal.tools.ui.words import NOTHING, day_words, percent_words

from .counted import OPTIONS

ANSWERS = {
    Answer.MET: lazy("达到"),
    Answer.NOT_MET: lazy("未达到"),
    Answer.UNKNOWN: lazy("缺数字，无法判断"),
}
OUTCOMES = {
    Outcome.PASSED: lazy("通过"),
    Outcome.NOT_PASSED: lazy("未通过"),
    Outcome.UNKNOWN: lazy("无法判断"),
}
GATES = {GateName.PARTICIPATION: lazy("参与"), GateName.AGREEMENT: lazy("同意")}
MEASURES = {Measure.HEADS: lazy("人数"), Measure.AREA: lazy("面积")}
PLACES = {
    "roll": lazy("全体业主"),
    "participated": lazy("参与表决"),
    "deemed": lazy("视为表态的业主"),
}
FAULTS = {
    Fault.TOO_LARGE: lazy("文件太大，请只放一次表决的数字。"),
    Fault.NOT_JSON: lazy("不是 UTF-8 编码的 JSON 文件。"),
    Fault.NOT_AN_OBJECT: lazy("应为一组有名称的值，写在 { } 里。"),
    Fault.NOT_A_LIST: lazy("应为列表，写在 [ ] 里。"),
    Fault.TWICE: lazy("同一名称写了两次，请只留一个。"),
    Fault.UNKNOWN: lazy("格式中没有这一项，请核对名称。"),
    Fault.MISSING: lazy("缺少这一项，请补上。"),
    Fault.NOT_TEXT: lazy("应为可以显示的文字，写在引号里。"),
    Fault.WRONG_FORMAT: lazy("应为 result-figures/1。"),
    Fault.NOT_A_DAY: lazy("应为日期，例如 2022-08-15。"),
    Fault.NOT_A_BAR: lazy("应为 ordinary（一般事项）或 special（特别事项）。"),
    Fault.NOT_AN_OUTCOME: lazy("应为 passed（通过）或 not-passed（未通过）。"),
    Fault.NOT_HEADS: lazy("应为 0 或更大的整数，不带小数和分隔符。"),
    Fault.NOT_AN_AREA: lazy("应为平方米数，例如 191619.21，不带单位和分隔符。"),
    Fault.NOT_A_PERCENT: lazy("应为百分数的数字，例如 17.50，不带百分号。"),
    Fault.NOT_AN_OPTION: lazy("应为选项的名称，例如 agree、against、abstain。"),
    Fault.NOT_A_PATH: lazy("应为一个数字的位置，例如 options.agree.heads。"),
}


MOST_PROBLEMS = 20  # told one by one


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of one gate as a reader sees it."""

    gate: str
    measure: str
    part: str
    of: str
    share: str
    bar: str
    key: str
    source: str
    answer: Answer
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A finding as a page shows it."""

    figures: Figures
    bar: str
    verdict: Outcome
    verdict_words: str
    lines: list[Line]
    flags: list[str]


def finding_json(finding: Finding, of_the_day: LawOfTheDay) -> dict[str, Any]:
    """The finding exactly in its form."""
    gates: dict[str, Any] = {
        gate.value: {measure.value: finding.answer(gate, measure).value for measure in Measure}
        for gate in GateName
    }
    flags = [
        {"code": flag.code.value, "text": flag_words(flag, of_the_day)} for flag in finding.flags
    ]
    return {**gates, "verdict": finding.verdict.value, "flags": flags}


def lines_of(finding: Finding, of_the_day: LawOfTheDay) -> list[Line]:
    """The four tests, each with its figures, its bar and who says so."""
    return [_line(test, of_the_day) for test in finding.tests]


def _line(test: Test, of_the_day: LawOfTheDay) -> Line:
    entry = of_the_day.entry(test.gate)
    return Line(
        gate=str(GATES[test.gate]),
        measure=str(MEASURES[test.measure]),
        part=figure_words(test.part, test.measure),
        of=figure_words(test.of, test.measure),
        share=_share(test),
        bar=value_in_words(entry.value, entry.operator, entry.unit),
        key=entry.key,
        source=f"{entry.authority}{entry.article}",
        answer=test.answer,
        words=str(ANSWERS[test.answer]),
    )


def _share(test: Test) -> str:
    return (
        percent_words(Fraction(test.part) / test.of)
        if test.part is not None and test.of
        else NOTHING
    )


def checked(figures: Figures, finding: Finding, of_the_day: LawOfTheDay) -> Checked:
    """The finding with every figure beside its bar, in words."""
    return Checked(
        figures=figures,
        bar=str(Matter.Bar(figures.bar).label),
        verdict=finding.verdict,
        verdict_words=str(OUTCOMES[finding.verdict]),
        lines=lines_of(finding, of_the_day),
        flags=[flag_words(flag, of_the_day) for flag in finding.flags],
    )


def report_words(finding: Finding, of_the_day: LawOfTheDay) -> str:
    """The finding for a reader at a terminal."""
    lines = [
        _("{gate}（{measure}）：{part} / {of}，须 {bar}（{source}）：{answer}").format(
            gate=line.gate,
            measure=line.measure,
            part=line.part,
            of=line.of,
            bar=line.bar,
            source=line.source,
            answer=line.words,
        )
        for line in lines_of(finding, of_the_day)
    ]
    lines.append(_("结论：%s") % OUTCOMES[finding.verdict])
    lines += [flag_words(flag, of_the_day) for flag in finding.flags]
    if not finding.flags:
        lines.append(_("没有发现不符之处。"))
    return "\n".join(lines)


def flag_words(flag: Flag, of_the_day: LawOfTheDay) -> str:
    """What does not fit, every case of it in one text."""
    if flag.code is Code.LAW_OF_THE_DAY:
        return _law_words(of_the_day)
    return "".join(_detail(flag.code, detail) for detail in flag.details)


def _law_words(of_the_day: LawOfTheDay) -> str:
    participation, agreement = of_the_day.participation, of_the_day.agreement
    facts = {
        "until": day_words(agreement.effective_to) if agreement.effective_to else "",
        "law": f"{agreement.authority}{agreement.article}",
        "participation": value_in_words(
            participation.value, participation.operator, participation.unit
        ),
        "agreement": value_in_words(agreement.value, agreement.operator, agreement.unit),
    }
    return (
        _(
            "决定作出时适用当时的规定（至 %(until)s）：%(law)s，参与须 %(participation)s，"
            "同意须 %(agreement)s，人数与面积都要达到；结论按当时的规定。"
        )
        % facts
    )


def _detail(code: Code, detail: Detail) -> str:
    if isinstance(detail, Excess):
        return _excess(detail)
    if isinstance(detail, Gap):
        return _gap(detail)
    if isinstance(detail, Misprint):
        return _misprint(code, detail)
    return _change(code, detail)


def _excess(detail: Excess) -> str:
    words = _("%(part)s %(figure)s，多于%(whole)s %(limit)s。")
    return words % {
        "part": path_words(detail.path),
        "figure": plain(detail.figure),
        "whole": path_words(detail.beyond),
        "limit": plain(detail.limit),
    }


def _gap(detail: Gap) -> str:
    words = _("各选项与视为表态的%(measure)s合计 %(summed)s，与参与表决 %(participated)s不符。")
    return words % {
        "measure": MEASURES[detail.measure],
        "summed": figure_words(detail.summed, detail.measure),
        "participated": figure_words(detail.participated, detail.measure),
    }


def _misprint(code: Code, detail: Misprint) -> str:
    facts = {
        "part": path_words(detail.printed.part),
        "of": path_words(detail.printed.of),
        "printed": detail.printed.percent,
        "rounded": _scaled(detail.half_up, detail.printed.places),
        "cut": _scaled(detail.cut_off, detail.printed.places),
    }
    if code is Code.PERCENT_TRUNCATED:
        words = _("%(part)s占%(of)s，公布 %(printed)s%%，是舍去尾数；四舍五入为 %(rounded)s%%。")
    else:
        words = _("%(part)s占%(of)s，公布 %(printed)s%%，算得 %(rounded)s%%。")
    return words % facts


def _change(code: Code, detail: Change) -> str:
    facts = {"said": OUTCOMES[detail.said], "found": OUTCOMES[detail.found]}
    if code is Code.CONTRADICTED:
        return _("公布的结论是“%(said)s”，按数字是“%(found)s”。") % facts
    words = _("结论取决于视为表态的业主：计入是“%(said)s”，不计入是“%(found)s”。")
    return words % facts


def path_words(path: str) -> str:
    """A figure's path for readers: options.agree.heads is 同意（人数）."""
    *where, measure = path.split(".")
    name = OPTIONS.get(where[1], where[1]) if where[0] == "options" else PLACES[where[0]]
    return _("%(figure)s（%(measure)s）") % {
        "figure": name,
        "measure": MEASURES[Measure(measure)],
    }


def figure_words(figure: Figure | None, measure: Measure) -> str:
    """A figure with its unit, all its places kept; a dash where it is missing."""
    if figure is None:
        return NOTHING
    return _("%s 人") % plain(figure) if measure is Measure.HEADS else f"{plain(figure)} ㎡"


def plain(figure: Figure) -> str:
    """A figure with its thousands apart and as many places as it has, two of an area."""
    if isinstance(figure, int):
        return f"{figure:,}"
    places = 2
    while (figure * 10**places).denominator != 1:
        places += 1
    whole, rest = divmod(abs(figure) * 10**places, 10**places)
    return f"{'-' if figure < 0 else ''}{int(whole):,}.{int(rest):0{places}}"


def _scaled(number: int, places: int) -> str:
    digits = str(number).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def problems_words(problems: Sequence[Problem]) -> str:
    """What is wrong with a file, on one line."""
    return " ".join(problem_lines(problems, of_file=_("文件")))


def problem_lines(problems: Sequence[Problem], *, of_file: str = "") -> list[str]:
    """What is wrong, a line each with the field before it; of very many only the first."""
    lines = []
    for one in problems[:MOST_PROBLEMS]:
        where = _shown(one.field) or of_file
        lines.append(" ".join(f"{where}{'：' if where else ''}{FAULTS[one.fault]}".split()))
    if len(problems) > MOST_PROBLEMS:
        lines.append(_("另有 %d 处。") % (len(problems) - MOST_PROBLEMS))
    return lines


def _shown(field: str) -> str:
    """A path for a terminal: what cannot be printed stands as its code, and none is endless."""
    clean = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in field)
    return clean[:100]
