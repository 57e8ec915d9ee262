"""What is filled in about the roll, cleaned."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.fields import PhoneField
from portal.accounts.models import User
from portal.tools.ui.typed import LineField, TextField

from .models import Owner
from .rules.people import name_key


class RollFileForm(forms.Form):
    file = forms.FileField(
        label=_("名册文件"),
        help_text=_(
            "Excel（.xlsx、.xls）或 CSV。表头可以是您现有的样子，例如：房号、面积、业主、电话。"
        ),
    )


class RoomForm(forms.Form):
    """Which room of the roll is looked for."""

    room = forms.CharField(label=_("查找房号"), max_length=60, help_text=_("例如 1-2-301"))


NOBODY = "nobody"


class DelegateForm(forms.Form):
    """Which of a part's owners votes for it, if one was named; `owners` are (id, words)."""

    owner = forms.ChoiceField(
        label=_("由谁投票"),
        widget=forms.RadioSelect,
        help_text=_("共有人应书面推选一人；未推选的，共有人中先投出的一票有效。"),
    )

    def __init__(self, owners: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [*owners, (NOBODY, _("未推选"))]


class BindForm(forms.Form):
    """Says that an owner with the user's phone is the user: the name must be the roll's."""

    owner = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("名册上的业主姓名"), max_length=60)


class DeskForm(forms.Form):
    """Whose account is the owner's, and what was seen to prove it.

    Both name and phone must be the account's: neither alone tells whether an account exists.
    """

    name = LineField(
        label=_("账户姓名"), max_length=40, help_text=_("本人注册账户时填的真实姓名。")
    )
    phone = PhoneField(
        label=_("账户手机号"), help_text=_("本人注册账户时验证过的手机号，可以与名册上的不同。")
    )
    papers = TextField(
        label=_("核验的材料"),
        max_length=300,
        rows=3,
        help_text=_("如：身份证和不动产权证原件。不要写证件号码。"),
    )
    acts_for_owner = forms.BooleanField(
        label=_("账户姓名与名册不同，但已核对：是同一人，或有权代表这位业主"),
        required=False,
        help_text=_("如名册写错一字、单位授权的经办人、监护人。依据写在“核验的材料”里。"),
    )

    def __init__(self, *args: Any, owner: Owner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "name" in cleaned and "phone" in cleaned:
            cleaned["user"] = self._find(cleaned["name"], cleaned["phone"])
        return cleaned

    def _find(self, name: str, phone: str) -> User | None:
        user = User.objects.by_phone(phone)
        if user is None or not user.is_active or name_key(user.name) != name_key(name):
            self.add_error("phone", _("没有找到姓名与手机号都相符的账户。请本人先用真实姓名注册。"))
            return None
        if name_key(name) != name_key(self.owner.name) and not self.cleaned_data["acts_for_owner"]:
            words = _("账户姓名与名册上的不同。请核对后勾选，或改正姓名。")
            self.add_error("acts_for_owner", words)
        return user


class EndBindingForm(forms.Form):
    """Why an account is no longer bound to an owner."""

    reason = TextField(
        label=_("解除的理由"),
        max_length=300,
        rows=3,
        help_text=_("如：绑错了人、房屋已出售、本人要求更换账户。"),
    )
