"""What clerks fill in to prepare and run a meeting, cleaned."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.actions.preparing import DecisionPlan, ElectionPlan, MeetingPlan
from committees.models import Candidate, Matter, Meeting
from portal.tools.ui.typed import LineField, MomentField, TextField


class MeetingForm(forms.Form):
    """A meeting to come: `now` is before both of its moments."""

    title = LineField(label=_("会议名称"), max_length=120)
    kind = forms.ChoiceField(
        label=_("类别"), choices=Meeting.Kind.choices, initial=Meeting.Kind.REGULAR
    )
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
            "补选的委员任到本届届满。选“其他”的只计票、公布结果，不在本站登记就任。"
        ),
    )
    title = LineField(label=_("事项"), max_length=120, initial=_("选举业主委员会委员"))
    text = TextField(label=_("说明"), required=False, rows=3)
    seats = forms.IntegerField(label=_("应选人数"), min_value=1, max_value=99)
    alternates = forms.IntegerField(label=_("候补人数"), min_value=0, max_value=99, initial=0)
    max_choices = forms.IntegerField(
        label=_("每票最多可选"),
        min_value=1,
        max_value=99,
        help_text=_("不多于应选人数，一般与应选人数相同。"),
    )

    def __init__(self, *args: Any, size: tuple[int | None, int | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        least, most = size
        if least and most:
            words = gettext("业主委员会一般为 %(least)s 至 %(most)s 人的单数。")
            self.fields["seats"].help_text = words % {"least": least, "most": most}

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
    """Why a step is to be taken although a period is not kept."""

    reason = TextField(
        label=_("申请例外办理的理由"),
        max_length=500,
        rows=3,
        help_text=_("社区或街道的另一位工作人员同意后，理由立即公示，并写入公告和结果。"),
    )


class UnopenableForm(forms.Form):
    """Why ballots that do not open are to be voided."""

    reason = TextField(
        label=_("理由"),
        max_length=500,
        rows=3,
        help_text=_("写明怎样发现、为什么不能修复。不要写姓名和房号。"),
    )


class CallOffForm(forms.Form):
    reason = TextField(
        label=_("取消的理由"),
        max_length=500,
        rows=3,
        help_text=_("已公告的会议，理由随取消公告公开。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "off_%s"  # a step that may be waived asks for a reason on the same page


class RescheduleForm(forms.Form):
    closes_at = MomentField(label=_("新的截止时间"))
    reason = TextField(label=_("理由"), max_length=500, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "end_%s"  # a step that may be waived asks for a reason on the same page


class OwnRuleForm(forms.Form):
    """A number of the compound's own and the clause in which the owners adopted it."""

    value = LineField(label=_("数值"), max_length=40)
    clause = LineField(
        label=_("依据"),
        max_length=200,
        help_text=_("如：2025年6月业主大会通过的《议事规则》第十二条。"),
    )
