"""What clerks and voters fill in, cleaned."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from committees.actions.preparing import DecisionPlan, ElectionPlan, MeetingPlan
from committees.documents.result import OPTIONS
from committees.models import Candidate, Matter, Meeting
from committees.rules.matters import Decision
from committees.rules.matters import Matter as MatterValue
from portal.tools.timekeeping.periods import add_years
from portal.tools.ui.typed import DayField, LineField, MomentField, TextField


class MeetingForm(forms.Form):
    """A meeting to come: `now` is before both of its moments."""

    title = LineField(label=_("会议名称"), max_length=120)
    kind = forms.ChoiceField(label=_("类别"), choices=Meeting.Kind.choices)
    opens_at = MomentField(label=_("投票开始"))
    closes_at = MomentField(label=_("投票截止"))

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        for name, moment in (("opens_at", opens_at), ("closes_at", closes_at)):
            if moment and moment <= self.now:
                self.add_error(name, _("这个时间已经过去。请改为将来的时间。"))
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("投票截止必须晚于投票开始。"))
        return cleaned

    def plan(self) -> MeetingPlan:
        return MeetingPlan(**self.cleaned_data)


class DecisionForm(forms.Form):
    title = LineField(label=_("事项"), max_length=120)
    text = TextField(label=_("内容"), required=False)
    bar = forms.ChoiceField(
        label=_("通过标准"),
        choices=Matter.Bar.choices,
        help_text=_(
            "筹集维修资金、改建重建、改变共有部分用途或利用其经营的，是特别事项（民法典第278条）。"
        ),
    )
    scope = forms.ChoiceField(label=_("表决范围"), choices=[])
    may_follow = forms.BooleanField(
        label=_("可选“从多”"), required=False, help_text=_("仅在本小区议事规则允许时勾选。")
    )

    def __init__(
        self, *args: Any, scopes: Sequence[tuple[str, Promise | str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scope"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = list(scopes)

    def plan(self) -> DecisionPlan:
        return DecisionPlan(**self.cleaned_data)


class ElectionForm(forms.Form):
    elects = forms.ChoiceField(
        label=_("选举的机构"),
        choices=Matter.Body.choices,
        initial=Matter.Body.COMMITTEE,
        widget=forms.RadioSelect,
        help_text=_(
            "一次会议只选举一届业主委员会，候补委员在同一场选举里产生。"
            "选“其他”的只计票、公布结果，不在本站登记就任。"
        ),
    )
    title = LineField(label=_("事项"), max_length=120, initial=_("选举业主委员会委员"))
    text = TextField(label=_("说明"), required=False, rows=3)
    seats = forms.IntegerField(
        label=_("应选人数"), min_value=1, max_value=99, help_text=_("一般为 5 至 11 人的单数。")
    )
    alternates = forms.IntegerField(label=_("候补人数"), min_value=0, max_value=99, initial=0)
    max_choices = forms.IntegerField(
        label=_("每票最多可选"),
        min_value=1,
        max_value=99,
        help_text=_("不多于应选人数，一般与应选人数相同。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seats, most = cleaned.get("seats"), cleaned.get("max_choices")
        if seats and most and most > seats:
            self.add_error("max_choices", _("每票所选不得多于应选人数。"))
        return cleaned

    def plan(self) -> ElectionPlan:
        return ElectionPlan(**self.cleaned_data)


class NominationForm(forms.Form):
    room = LineField(label=_("房号"), max_length=60, help_text=_("例如 1-2-301"))
    name = LineField(label=_("姓名"), max_length=60)
    is_party_member = forms.TypedChoiceField(
        label=_("政治面貌"),
        choices=[("1", _("中共党员（含预备党员）")), ("0", _("非中共党员"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    agrees_to_publish = forms.BooleanField(label=_("本人书面同意公示政治面貌"), required=False)
    channel = forms.ChoiceField(label=_("推荐方式"), choices=Candidate.Channel.choices)
    statement = TextField(label=_("自我介绍"), required=False, max_length=500)


class WaiverForm(forms.Form):
    """A step's button; with obstacles that may be waived, the reason for going on."""

    reason = TextField(
        label=_("仍要继续的理由"),
        max_length=500,
        rows=3,
        help_text=_("理由将随结果一并公示。"),
    )


class RescheduleForm(forms.Form):
    closes_at = MomentField(label=_("新的截止时间"))
    reason = TextField(label=_("理由"), max_length=500, rows=3)


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


class TermForm(forms.Form):
    """When the elected committee's term begins and ends, the last day included."""

    starts_on = DayField(label=_("任期起"))
    ends_on = DayField(label=_("任期止"))

    def __init__(self, *args: Any, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least, self.most = least, most
        self.fields["ends_on"].help_text = _("任期 %(least)s 至 %(most)s 年，含当日。") % {
            "least": least,
            "most": most,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on:
            last = ends_on + timedelta(days=1)
            if not add_years(starts_on, self.least) <= last <= add_years(starts_on, self.most):
                words = _("任期应为 %(least)s 至 %(most)s 年。")
                facts = {"least": self.least, "most": self.most}
                self.add_error("ends_on", ValidationError(words, params=facts))
        return cleaned


class ReceiptForm(forms.Form):
    seal = forms.RegexField(
        r"^\s*[0-9a-fA-F\s]{64,}\s*$",
        label=_("回执"),
        error_messages={"invalid": _("回执是 64 位数字和字母（a 到 f），请照原样输入。")},
    )

    def clean_seal(self) -> str:
        return "".join(str(self.cleaned_data["seal"]).split()).lower()


class OwnRuleForm(forms.Form):
    """A number of the compound's own and the clause in which the owners adopted it."""

    value = LineField(label=_("数值"), max_length=40)
    clause = LineField(
        label=_("依据"),
        max_length=200,
        help_text=_("如：2025年6月业主大会通过的《议事规则》第十二条。"),
    )
