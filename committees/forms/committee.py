"""What is filled in about the committee: the days of a term, and who sits, cleaned."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.actions.choosing import Posts
from committees.actions.leaving import Leaving
from committees.actions.taking_over import EarlierTerm, Seat
from committees.models import Member
from committees.queries.committee import Seated
from portal.owners.models import Owner
from portal.owners.queries import owner_named
from portal.owners.rules.rooms import read_room
from portal.places.models import Compound
from portal.tools.timekeeping.periods import add_years
from portal.tools.ui.typed import DayField, LineField


class TermForm(forms.Form):
    """When the elected committee's term begins and ends, the last day included."""

    starts_on = DayField(label=_("任期起"))
    ends_on = DayField(label=_("任期止"))

    def __init__(self, *args: Any, least: int | None, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least, self.most = least, most
        self.fields["ends_on"].help_text = f"{self._years()} {gettext('含当日。')}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on:
            last = ends_on + timedelta(days=1)
            if ends_on <= starts_on:
                self.add_error("ends_on", _("任期止应晚于任期起。"))
            elif (
                not add_years(starts_on, self.least or 0) <= last <= add_years(starts_on, self.most)
            ):
                self.add_error("ends_on", ValidationError(self._years()))
        return cleaned

    def _years(self) -> str:
        if self.least is None:
            return gettext("任期不超过 %s 年。") % self.most
        words = gettext("任期应为 %(least)s 至 %(most)s 年。")
        return words % {"least": self.least, "most": self.most}


class VacancyForm(forms.Form):
    """From which day those elected into vacancies sit."""

    since = DayField(label=_("任职起"), help_text=_("任到本届届满。"))


VACANT = "vacant"
ORDER_CHANGED = _("候补的次序已有变化。请打开这一页重新填写。")


class LeaveForm(forms.Form):
    """A member's last day, why and by which document, and whether the next alternate moves up."""

    last_on = DayField(label=_("任职止"), help_text=_("当天仍在任；有人递补的，次日起任。"))
    reason = forms.ChoiceField(label=_("离任原因"), widget=forms.RadioSelect)
    basis = LineField(
        label=_("依据"),
        max_length=200,
        help_text=_("如：2026年11月3日书面辞职报告。会公开，请不要写健康等个人情况。"),
    )
    follower = forms.ChoiceField(label=_("空出的席位"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, member: Member, alternates: Sequence[Member], **kwargs: Any):
        super().__init__(*args, **kwargs)
        reasons = self.fields["reason"]
        assert isinstance(reasons, forms.ChoiceField)  # noqa: S101 - declared above
        reasons.choices = [(one.value, one.label) for one in Member.LEAVES]
        if member.alternate_rank is not None or not alternates:
            del self.fields["follower"]
            return
        first = alternates[0]
        words = _("由候补委员%(name)s递补（候补次序第 %(rank)s 位）")
        moves_up = words % {"name": first.owner.name, "rank": first.alternate_rank}
        follower = self.fields["follower"]
        assert isinstance(follower, forms.ChoiceField)  # noqa: S101 - declared above
        follower.choices = [(str(first.pk), moves_up), (VACANT, _("暂时空缺"))]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "follower" not in self.fields and self.data.get("follower", VACANT) != VACANT:
            raise ValidationError(ORDER_CHANGED)
        return cleaned

    def leaving(self) -> Leaving:
        said = self.cleaned_data
        follower = said.get("follower", VACANT)
        who = None if follower == VACANT else UUID(follower)
        return Leaving(said["last_on"], said["reason"], said["basis"], who)


class PostsForm(forms.Form):
    """Whom the members chose as chair and vice chairs, since when, by which decision."""

    chair = forms.ChoiceField(label=_("主任"), widget=forms.RadioSelect)
    vices = forms.MultipleChoiceField(
        label=_("副主任"), required=False, widget=forms.CheckboxSelectMultiple
    )
    since = DayField(
        label=_("任职起"), help_text=_("推选的那一天；在任期开始之前推选的，填任期起。")
    )
    basis = LineField(
        label=_("依据"),
        max_length=200,
        help_text=_("如：2026年11月3日业主委员会首次会议纪要。会公开。"),
    )

    def __init__(self, members: Sequence[Seated], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(one.member.pk), f"{n}. {one.name}") for n, one in enumerate(members, 1)]
        for name, choices in (("chair", [*people, (VACANT, _("空缺"))]), ("vices", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = choices

    def posts(self) -> Posts:
        said = self.cleaned_data
        chair = None if said["chair"] == VACANT else UUID(said["chair"])
        return Posts(chair, frozenset(map(UUID, said["vices"])), said["since"], said["basis"])


class PaperTermForm(forms.Form):
    """A term as its filing has it; who sat in it stands in the set of seats."""

    number = forms.IntegerField(label=_("第几届"), min_value=1, max_value=99)
    starts_on = DayField(label=_("任期起"))
    ends_on = DayField(label=_("任期止"), help_text=_("含当日。"))
    filing = LineField(
        label=_("备案号"),
        max_length=60,
        required=False,
        help_text=_("备案证明或备案通知书上的编号；没有编号的不填。"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and starts_on > self.today:
            self.add_error("starts_on", _("任期还没有开始。以后的任期由选举产生后就任。"))
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("任期止应晚于任期起。"))
        return cleaned

    def earlier_term(self, seats: tuple[Seat, ...]) -> EarlierTerm:
        return EarlierTerm(seats=seats, **self.cleaned_data)


class SeatForm(forms.Form):
    """One who sat: by name, and by room where the roll has it; a row left blank is nobody."""

    name = LineField(label=_("姓名"), max_length=60)
    room = LineField(label=_("房号"), max_length=60, required=False)
    post = forms.ChoiceField(
        label=_("职务"), choices=Member.Post.choices, initial=Member.Post.MEMBER
    )
    is_party_member = forms.TypedChoiceField(
        label=_("政治面貌"),
        choices=[("", _("请选择")), ("1", _("中共党员（含预备党员）")), ("0", _("非中共党员"))],
        coerce=lambda value: value == "1",
    )

    def __init__(self, *args: Any, compound: Compound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compound = compound
        self.owner: Owner | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        name, room = cleaned.get("name"), cleaned.get("room")
        if name and room:
            parsed = read_room(room)
            self.owner = owner_named(self.compound, parsed.key, name) if parsed else None
            if self.owner is None:
                words = _("名册上这个房号没有这位业主。请核对；不在名册上的，房号不填。")
                self.add_error("room", words)
        return cleaned

    def seat(self) -> Seat:
        said = self.cleaned_data
        return Seat(self.owner, said["is_party_member"], said["post"], said["name"])


class Seats(forms.BaseFormSet[SeatForm]):
    """Those who sat, in their order; each field's label says whose it is."""

    def add_fields(self, form: SeatForm, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            field.label = _("第 %(place)s 位：%(what)s") % {
                "place": (index or 0) + 1,
                "what": field.label,
            }

    def seats(self) -> tuple[Seat, ...]:
        return tuple(form.seat() for form in self.forms if form.has_changed())


MOST_SEATS = 17  # eleven members and half as many alternates
SeatRows = forms.formset_factory(
    SeatForm, formset=Seats, extra=MOST_SEATS, max_num=MOST_SEATS, absolute_max=MOST_SEATS
)


def seat_rows(data: QueryDict | None, compound: Compound) -> Seats:
    """The rows of those who sat, as many as a committee may have."""
    rows = SeatRows(data, prefix="seat", form_kwargs={"compound": compound})
    assert isinstance(rows, Seats)  # noqa: S101 - made of it above
    return rows
