"""What people type, within reason: days, moments, lines and texts.

A day in the year 1 or 9999 can be stored but not reckoned with, and takes with it every page that
lists it.  Hidden characters come with what is pasted from a phone; those that turn the direction
of writing would let an official title read as something else.
"""

import unicodedata
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

YEARS = range(1950, 2100)
LONGEST_TEXT = 5_000
HIDDEN = {"Cc", "Cf", "Cs"}  # controls, formats, halves of a letter; rare names may be private
JOINERS = "\u200d"  # joins emoji, and is nothing by itself
UNREASONABLE = _("日期应在 %(first)s 年至 %(last)s 年之间。")


def visible(text: str) -> str:
    """The text as a reader sees it: line breaks and tabs stay, what is hidden goes."""
    if text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = "".join(
        letter
        for letter in text
        if letter in "\n\t" or letter in JOINERS or unicodedata.category(letter) not in HIDDEN
    )
    return "" if not seen.strip(f"{JOINERS} \n\t\u3000\ufe0f") else seen.strip()


def _in_reason(value: date) -> None:
    if value.year not in YEARS:
        facts = {"first": YEARS[0], "last": YEARS[-1]}
        raise ValidationError(UNREASONABLE, code="unreasonable", params=facts)


class DayField(forms.DateField):
    """A day, with the browser's calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None:
            _in_reason(value)


class MomentField(forms.DateTimeField):
    """A moment by the local clock, with the browser's calendar."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value is not None:
            _in_reason(value)


class LineField(forms.CharField):
    """One line of words."""

    def to_python(self, value: Any) -> str:
        return " ".join(visible(str(super().to_python(value) or "")).split())


class TextField(forms.CharField):
    """Several lines of words, as long as a page and no longer."""

    def __init__(self, *, rows: int = 4, max_length: int = LONGEST_TEXT, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(max_length=max_length, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        return visible(str(super().to_python(value) or ""))
