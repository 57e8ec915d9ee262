"""Forms by which offices are given and ended."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.firms.models import Firm
from portal.tools.ui.typed import DayField, LineField

from ..actions import Appointment
from ..fields import PhoneField
from ..models import CompoundOffice, RegionOffice, User

Role = CompoundOffice.Role | RegionOffice.Role


class AppointmentForm(forms.Form):
    """Who, as what, from when to when.  The person has signed up before, and both the name and
    the phone or e-mail must be theirs: neither alone tells whether an account exists."""

    name = LineField(label=_("姓名"), max_length=40)
    contact = LineField(
        label=_("手机号或电子邮箱"),
        max_length=254,
        help_text=_("本人注册账户时用的手机号或电子邮箱。"),
    )
    role = forms.ChoiceField(label=_("职务"))
    since = DayField(label=_("任职起"))
    until = DayField(
        label=_("任职止"),
        required=False,
        help_text=_("含当日。不定期的可不填，离任时再填。"),
    )

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("职务"),
            choices=[("", _("请选择")), *((role.value, role.label) for role in roles)],
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            cleaned["user"] = self._find(cleaned["name"], cleaned["contact"])
        return cleaned

    def appointment(self) -> Appointment:
        """What a valid form asks for."""
        cleaned = self.cleaned_data
        return Appointment(
            user=cleaned["user"],
            role=cleaned["role"],
            since=cleaned["since"],
            until=cleaned["until"],
            firm=cleaned.get("firm"),
        )

    def _find(self, name: str, contact: str) -> User | None:
        user = _by_email(contact) if "@" in contact else _by_phone(contact)
        if user is None or "".join(user.name.split()) != "".join(name.split()):
            self.add_error(
                "contact",
                _("没有找到姓名与手机号（或邮箱）都相符的账户。请本人先用真实姓名注册。"),
            )
            return None
        return user


class CompoundAppointmentForm(AppointmentForm):
    """An office in a compound: for the people of a firm, also which firm."""

    firm = forms.ModelChoiceField(
        Firm.objects.none(),
        label=_("物业企业"),
        required=False,
        empty_label=_("无"),
        help_text=_("任命物业项目经理、消防巡查员时选择。"),
    )
    field_order = ["role", "firm", "name", "contact", "since", "until"]

    def __init__(self, *args: Any, firms: QuerySet[Firm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["firm"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = firms


class EndOfficeForm(forms.Form):
    """The last day of an office, or that it ends at once."""

    on = DayField(label=_("最后一日"), required=False, help_text=_("含当日。"))
    at_once = forms.BooleanField(
        label=_("立即停止权限"),
        required=False,
        help_text=_("任命有误或需要马上停权时勾选，不看上面的日期。今天才开始的任职从未生效。"),
    )

    def __init__(self, data: QueryDict | None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("at_once") and "on" in cleaned and cleaned["on"] is None:
            self.add_error("on", _("请填写最后一日，或勾选立即停止权限。"))
        return cleaned


def _by_phone(contact: str) -> User | None:
    try:
        return User.objects.by_phone(PhoneField().clean(contact))
    except ValidationError:
        return None


def _by_email(contact: str) -> User | None:
    address = EmailAddress.objects.filter(email=contact.strip().lower(), verified=True).first()
    user: User | None = address.user if address else None
    return user
