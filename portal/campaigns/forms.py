"""What counties, entrants and judges fill in, cleaned: points come in as tenths, never floats."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.campaigns.actions import CampaignPlan, Draft, Edit, Mark, VetoWords
from portal.campaigns.queries.standards import standard_values
from portal.campaigns.rules.standard import Item, Standard
from portal.tools.files.forms import PhotoField, UploadField
from portal.tools.files.reading import Readied

_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_POINTS = re.compile(r"\d{1,4}(\.\d)?", re.ASCII)
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
STAGES = ("entry_until", "community_until", "street_until", "county_until", "publicity_on")


class CampaignForm(forms.Form):
    """A new campaign; each stage ends after the one before."""

    name = forms.CharField(label=_("名称"), max_length=100)
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2999)
    standard = forms.ChoiceField(label=_("评价标准"), choices=[])
    entry_until = forms.DateField(label=_("申报截止"), widget=DAY)
    community_until = forms.DateField(label=_("社区初核截止"), widget=DAY)
    street_until = forms.DateField(label=_("街道初评截止"), widget=DAY)
    county_until = forms.DateField(label=_("县级评审截止"), widget=DAY)
    publicity_on = forms.DateField(label=_("结果公示日"), widget=DAY)

    def __init__(
        self, *args: Any, standards: list[tuple[str, str]], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["standard"]).choices = standards
        self.today = today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        days = dict(cleaned)  # what is found wrong goes out of `cleaned`
        first = days.get("entry_until")
        if first and first < self.today:
            self.add_error("entry_until", _("申报截止日已经过去，请改为今天或以后。"))
        for before, after in pairwise(STAGES):
            self._require_order(days, before, after)
        return cleaned

    def _require_order(self, days: dict[str, Any], before: str, after: str) -> None:
        first, second = days.get(before), days.get(after)
        may_be_same = after == "publicity_on"
        if first and second and (second < first or (second == first and not may_be_same)):
            words = _("须晚于“%s”。") % self.fields[before].label
            self.add_error(after, words)

    def plan(self) -> CampaignPlan:
        values = dict(self.cleaned_data)
        return CampaignPlan(**values | {"standard": standard_values()[values["standard"]]})


class EvidenceField(UploadField):
    """A photo, or a document as PDF: its first bytes say which."""

    accept = f"{PhotoField.accept},application/pdf"

    def clean(self, data: Any, initial: Any = None) -> Readied | None:
        if isinstance(data, UploadedFile):
            data.seek(0)
            self.kind = "document" if data.read(5) == b"%PDF-" else "photo"
            data.seek(0)
        return super().clean(data, initial)


class PointsForm(forms.Form):
    """A number of points and some words for each item of a standard."""

    words_label = _("说明")

    def __init__(self, *args: Any, standard: Standard, needs_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standard = standard
        for item in standard.items:
            self.fields[f"points-{item.code}"] = _points(item, required=needs_all)
            self.fields[f"words-{item.code}"] = forms.CharField(
                label=self.words_label,
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def marks(self) -> dict[str, Mark]:
        return {
            item.code: Mark(
                _tenths(self.cleaned_data.get(f"points-{item.code}")),
                as_stored(self.cleaned_data.get(f"words-{item.code}") or ""),
            )
            for item in self.standard.items
        }

    def fields_of(self, item: Item) -> tuple[BoundField, BoundField]:
        return self[f"points-{item.code}"], self[f"words-{item.code}"]


class DraftForm(PointsForm):
    """A self score: nothing is asked for before it is submitted; a file an item.

    What its writer saw of each item goes with the page, so that nobody saves over what another
    has saved since without having seen it.
    """

    def __init__(self, *args: Any, standard: Standard, **kwargs: Any) -> None:
        super().__init__(*args, standard=standard, needs_all=False, **kwargs)
        for item in standard.items:
            self.fields[f"file-{item.code}"] = EvidenceField(
                label=_("添加照片或 PDF"), required=False
            )
            for name in names_of(item.code):
                self.fields[f"seen-{name}"] = forms.CharField(
                    required=False, widget=forms.HiddenInput, initial=self.initial.get(name, "")
                )

    def seen_of(self, item: Item) -> list[BoundField]:
        return [self[f"seen-{name}"] for name in names_of(item.code)]

    def draft(self) -> Draft:
        marks = self.marks()
        edits = {one.code: Edit(self._seen(one), marks[one.code]) for one in self.standard.items}
        return Draft(edits, dict(self._uploads()), self.ticked)

    @property
    def ticked(self) -> frozenset[UUID]:
        """The files to be taken out with this saving."""
        sent = self.data.getlist("drop") if isinstance(self.data, QueryDict) else []
        return frozenset(UUID(one) for one in sent if _KEY.fullmatch(one))

    @property
    def files_are_lost(self) -> bool:
        """A browser does not send a chosen file twice: with errors it must be chosen again."""
        return bool(self.errors and self.files)

    def _seen(self, item: Item) -> Mark:
        points, words = (str(self.cleaned_data[f"seen-{name}"]) for name in names_of(item.code))
        seen = _POINTS.fullmatch(points)
        return Mark(_tenths(Decimal(points)) if seen else None, as_stored(words))

    def _uploads(self) -> Iterator[tuple[str, Readied]]:
        for item in self.standard.items:
            if readied := self.cleaned_data.get(f"file-{item.code}"):
                yield item.code, readied


class ScoreForm(PointsForm):
    """A level's scores, all of them; `follows` is the scoring its writer saw."""

    words_label = _("评分说明")
    request = forms.UUIDField(widget=forms.HiddenInput)
    follows = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, standard: Standard, **kwargs: Any) -> None:
        super().__init__(*args, standard=standard, needs_all=True, **kwargs)


class VetoForm(forms.Form):
    veto = forms.ChoiceField(label=_("否决事项"), choices=[])
    reason = forms.CharField(
        label=_("事由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    document = forms.CharField(
        label=_("文书名称和文号"),
        max_length=120,
        help_text=_("例如：火灾事故认定书，永消火认字〔2026〕第3号"),
    )

    def __init__(self, *args: Any, standard: Standard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(veto.code, veto.title) for veto in standard.vetoes]
        cast(forms.ChoiceField, self.fields["veto"]).choices = choices

    @property
    def is_begun(self) -> bool:
        """Whether words stand in it that were not sent to be recorded."""
        return any(str(self.initial.get(name, "")).strip() for name in ("reason", "document"))

    def words(self, *, stands: bool) -> VetoWords:
        return VetoWords(stands=stands, **self.cleaned_data)


class DaysForm(forms.Form):
    days = forms.IntegerField(label=_("公示天数"))

    def __init__(self, data: Any = None, *, least: int, most: int) -> None:
        super().__init__(data, initial={"days": least})
        self.fields["days"] = forms.IntegerField(
            label=_("公示天数"),
            min_value=least,
            max_value=most,
            help_text=_("%(least)s 至 %(most)s 天。") % {"least": least, "most": most},
        )


def _points(item: Item, *, required: bool) -> forms.DecimalField:
    return forms.DecimalField(
        label=_("得分（满分 %s 分）") % item.points,
        required=required,
        min_value=0,
        max_value=item.points,
        max_digits=5,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.1"}),
    )


def names_of(item: str) -> tuple[str, str]:
    """The fields of an item: its points and its words."""
    return f"points-{item}", f"words-{item}"


def as_stored(words: str) -> str:
    """Browsers end lines in two ways."""
    return words.replace("\r\n", "\n").strip()


def as_points(words: str) -> Decimal | str:
    """The points that are written so, or the words themselves where they are none."""
    return Decimal(words.strip()) if _POINTS.fullmatch(words.strip()) else words


def _tenths(points: Decimal | None) -> int | None:
    return None if points is None else int(points * 10)
