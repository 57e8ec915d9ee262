"""The notice a clerk writes, corrects or withdraws."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.tools.ui.typed import LineField, TextField

from ..actions import Draft


class NoticeForm(forms.Form):
    """Title and plain text; `request` makes sending it twice the same as once."""

    title = LineField(label=_("标题"), max_length=100)
    body = TextField(
        label=_("正文"),
        max_length=20_000,
        rows=14,
        help_text=_("空一行另起一段。不要写入他人的电话、证件号或详细住址。"),
    )
    request = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def draft(self) -> Draft:
        """What was written, once the form is valid."""
        return Draft(**self.cleaned_data)


class WithdrawForm(forms.Form):
    """Why a notice is withdrawn; it is read by everybody."""

    reason = LineField(
        label=_("撤回的理由"),
        max_length=300,
        help_text=_("所有人都能看到。正文不再显示，只说明已经撤回。"),
    )
