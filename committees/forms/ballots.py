"""Ballots as voters and clerks fill them in, cleaned; slips found and voided; receipts."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from committees.documents.counted import OPTIONS
from committees.rules.matters import Decision
from committees.rules.matters import Matter as MatterValue
from portal.tools.ui.typed import TextField


class SlipForm(forms.Form):
    """Which voter's paper slip is in the hand: its number, or a room."""

    find = forms.CharField(label=_("票号或房号"), max_length=60)


class VoidForm(forms.Form):
    """Why a slip that was keyed does not count."""

    reason = TextField(
        label=_("作废的理由"),
        max_length=200,
        rows=3,
        help_text=_(
            "如：录错一项、非本人签名。理由记入选票账本，随计票记录一起下载；"
            "不要写姓名、房号和所选内容。"
        ),
    )


class BallotForm(forms.Form):
    """A ballot of this meeting, one field a matter; on screen too many marks are stopped."""

    request = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        matters: Sequence[MatterValue],
        request: UUID | None = None,
        on_paper: bool = False,
    ) -> None:
        super().__init__(data, initial={"request": request})
        self.matters = matters
        self.on_paper = on_paper
        for matter in matters:
            self.fields[matter.id] = (
                _decision(matter) if isinstance(matter, Decision) else (_election(matter))
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for matter in self.matters:
            marked = cleaned.get(matter.id) or []
            if isinstance(matter, Decision) or self.on_paper or len(marked) <= matter.max_choices:
                continue
            words = _("最多选 %(most)s 人，您已选 %(marked)s 人。")
            facts = {"most": matter.max_choices, "marked": len(marked)}
            self.add_error(matter.id, ValidationError(words, params=facts))
        return cleaned

    def choices(self) -> dict[str, list[int]]:
        """The marks as the record has them; a matter left blank is not named."""
        said = {}
        for matter in self.matters:
            marked = self.cleaned_data.get(matter.id)
            if not marked:
                continue
            chosen = {marked} if isinstance(marked, str) else set(marked)
            said[matter.id] = [int(name in chosen) for name in _names(matter)]
        return said


class ReceiptForm(forms.Form):
    seal = forms.RegexField(
        r"^\s*[0-9a-fA-F\s]{64,}\s*$",
        label=_("回执"),
        error_messages={"invalid": _("回执是 64 位数字和字母（a 到 f），请照原样输入。")},
    )

    def clean_seal(self) -> str:
        return "".join(str(self.cleaned_data["seal"]).split()).lower()


def _names(matter: MatterValue) -> list[str]:
    if isinstance(matter, Decision):
        return list(matter.options)
    return [who.id for who in matter.candidates]


def _decision(matter: Decision) -> forms.Field:
    choices = [(name, OPTIONS[name]) for name in matter.options]
    return forms.ChoiceField(
        label=matter.title, choices=choices, required=False, widget=forms.RadioSelect
    )


def _election(matter: MatterValue) -> forms.Field:
    candidates = getattr(matter, "candidates", ())
    return forms.MultipleChoiceField(
        label=matter.title,
        choices=[(who.id, who.name) for who in candidates],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
