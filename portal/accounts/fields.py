"""The form field of a phone by which people sign in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.places.queries import is_demonstration

from . import phones


class PhoneField(forms.CharField):
    """A mobile number as people write it; its value is E.164, or empty."""

    default_error_messages = {
        "invalid": _("请填写11位手机号，例如 138 0013 8000。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("手机号"))
        kwargs.setdefault("max_length", 30)
        attributes = {"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        raw: str = super().clean(value)
        if not raw:
            return ""
        try:
            phone = phones.e164(raw, demonstration=is_demonstration())
        except phones.NotAPhone:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if not phones.takes_codes(phone):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return phone
