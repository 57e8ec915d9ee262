"""What is filled in about the roll, cleaned."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RollFileForm(forms.Form):
    file = forms.FileField(
        label=_("名册文件"),
        help_text=_(
            "Excel（.xlsx、.xls）或 CSV。表头可以是您现有的样子，例如：房号、面积、业主、电话。"
        ),
    )


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
