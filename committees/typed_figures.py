"""The published figures of a vote as somebody types them from a notice, or hands in as a file."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from committees.documents.counted import OPTIONS
from committees.documents.figures import FAULTS, OUTCOMES, path_words, problem_lines
from committees.models import Matter
from committees.rules.figures_form import FORMAT, MOST_BYTES, Malformed, Problem, from_value, read
from committees.rules.published import Figures, Outcome
from committees.rules.thresholds import Measure

CHOICES = ("agree", "against", "abstain")
COUNTED = ("roll", "participated", *(f"options.{name}" for name in CHOICES), "deemed")
PATHS = [f"{place}.{measure}" for place in COUNTED for measure in Measure]
PERCENTAGES = 4  # lines on the page; a file may have more
PERCENT = {"part": _("哪一项"), "of": _("占哪一项"), "percent": _("百分比")}
NOTHING = ("", "—")
UNITS = {"heads": ("人",), "area": ("㎡", "m²", "m2", "平方米"), "percent": ("%",)}
FULL_WIDTH = {sign + 0xFEE0: sign for sign in range(ord("!"), ord("~") + 1)}
THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _name(path: str) -> str:
    """The field of a path: options.agree.heads is options-agree-heads."""
    return path.replace("[", "-").replace("].", "-").replace(".", "-")


class FiguresForm(forms.Form):
    """Every figure may be left out; what is typed is read as the file is."""

    title = forms.CharField(label=_("标题"), required=False, max_length=200)
    source = forms.CharField(label=_("出处"), required=False, max_length=200)
    decided_on = forms.CharField(label=_("决定日期"), required=False, widget=DAY)
    bar = forms.ChoiceField(
        label=_("通过标准"),
        choices=Matter.Bar.choices,
        help_text=_(
            "筹集维修资金、改建重建、改变共有部分用途或利用其经营的，是特别事项（民法典第278条）；"
            "2021年以前决定的，筹集、使用维修资金和改建重建是特别事项（物业管理条例第12条）。"
        ),
    )
    announced = forms.ChoiceField(
        label=_("公布的结论"),
        required=False,
        choices=[
            NOTHING,
            *((said, OUTCOMES[said]) for said in (Outcome.PASSED, Outcome.NOT_PASSED)),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for path in PATHS:
            kind = "numeric" if path.endswith(Measure.HEADS) else "decimal"
            widget = forms.TextInput(attrs={"inputmode": kind})
            self.fields[_name(path)] = forms.CharField(
                label=path_words(path), required=False, widget=widget
            )
        self.fields["deemed-to"] = forms.ChoiceField(
            label=_("视为表态：算作"),
            required=False,
            help_text=_("没有投票、按议事规则算作某一选项的业主；公告没有写明的，都留空。"),
            choices=[NOTHING, *((name, OPTIONS[name]) for name in CHOICES)],
        )
        for number in range(PERCENTAGES):
            self._add_percentage(number)

    def _add_percentage(self, number: int) -> None:
        paths = [NOTHING, *((path, path_words(path)) for path in PATHS)]
        for name, words in PERCENT.items():
            label = _("第 %(number)s 个百分比：%(name)s") % {"number": number + 1, "name": words}
            self.fields[f"printed-{number}-{name}"] = (
                forms.CharField(
                    label=label,
                    required=False,
                    widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                )
                if name == "percent"
                else forms.ChoiceField(label=label, required=False, choices=paths)
            )

    def counted(self) -> list[list[BoundField]]:
        """Of each group of owners its heads and its area."""
        return [[self[_name(f"{place}.{measure}")] for measure in Measure] for place in COUNTED]

    def percentages(self) -> list[list[BoundField]]:
        return [
            [self[f"printed-{number}-{name}"] for name in PERCENT] for number in range(PERCENTAGES)
        ]

    @property
    def has_percentages(self) -> bool:
        return any(field.value() for line in self.percentages() for field in line)

    @property
    def deemed_to(self) -> BoundField:
        return self["deemed-to"]

    def clean(self) -> dict[str, Any]:
        """Read what was typed by the same rules as a file; each fault goes to its field."""
        cleaned = super().clean() or {}
        value, lines = self._value(cleaned)
        try:
            cleaned["figures"] = from_value(value)
        except Malformed as refusal:
            for problem in refusal.problems:
                self._complain(problem, lines)
        return cleaned

    def _complain(self, problem: Problem, lines: list[int]) -> None:
        name = _name(problem.field)
        if name.startswith("printed-"):
            _printed, line, rest = name.split("-", 2)
            name = f"printed-{lines[int(line)]}-{rest}"
        if name not in self.errors:  # a choice that is none of those offered has been named
            self.add_error(name, str(FAULTS[problem.fault]))

    def _value(self, typed: dict[str, Any]) -> tuple[dict[str, Any], list[int]]:
        """The file's value of what was typed, and which lines its percentages stand on."""
        said = {name: text for name, text in typed.items() if text}
        value: dict[str, Any] = {"format": FORMAT}
        for name in ("title", "source", "decided_on", "bar", "announced"):
            if name in said:
                value[name] = said[name]
        for path in (*PATHS, "deemed.to"):
            if _name(path) in said:
                _put(value, path, said[_name(path)])
        lines = dict(_percentages(said))
        if lines:
            value["printed"] = list(lines.values())
        return value, list(lines)


def _as_digits(text: str, kind: str) -> str:
    """A figure as notices print it, １，３６０ 人 or 191,619.21 ㎡ or 17.5％, as a file writes it.

    Anything else stays as it was typed, to be refused by name.
    """
    seen = text.translate(FULL_WIDTH)
    unit = next((unit for unit in UNITS[kind] if seen.endswith(unit)), "")
    seen = seen.removesuffix(unit).rstrip()
    return seen.replace(",", "") if THOUSANDS.fullmatch(seen) else seen


def _put(value: dict[str, Any], path: str, text: str) -> None:
    """Set the figure at the path; what is no whole number stays text, to be refused by name."""
    *where, last = path.split(".")
    for step in where:
        value = value.setdefault(step, {})
    text = _as_digits(text, last) if last in UNITS else text
    is_whole = last == Measure.HEADS and text.isascii() and text.isdigit() and len(text) < 16
    value[last] = int(text) if is_whole else text


def _percentages(said: dict[str, Any]) -> Iterator[tuple[int, dict[str, str]]]:
    for number in range(PERCENTAGES):
        parts = {name: said.get(f"printed-{number}-{name}", "") for name in PERCENT}
        parts["percent"] = _as_digits(parts["percent"], "percent")
        if any(parts.values()):
            yield number, {name: text for name, text in parts.items() if text}


class FiguresFileForm(forms.Form):
    file = forms.FileField(
        label=_("文件"), help_text=_("格式 result-figures/1 的 JSON 文件，不会被保存。")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "file" in cleaned:
            try:
                cleaned["figures"] = read(cleaned["file"].read(MOST_BYTES + 1))
            except Malformed as refusal:
                for line in problem_lines(refusal.problems):
                    self.add_error("file", line)
        return cleaned


def figures_of(form: forms.Form) -> Figures:
    """The figures of a valid form of either kind."""
    figures = form.cleaned_data["figures"]
    assert isinstance(figures, Figures)  # noqa: S101 - a valid form has read them
    return figures
