"""What is filled in about the roll, cleaned."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RollFileForm(forms.Form):
    file = forms.FileField(
        label=_("名册文件"),
        help_text=_(
            "Excel（.xlsx、.xls）或 CSV。表头可以是您现有的样子，例如：房号、面积、业主、电话。"
        ),
    )


class BindForm(forms.Form):
    """Says that an owner with the user's phone is the user: the name must be the roll's."""

    owner = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("名册上的业主姓名"), max_length=60)
