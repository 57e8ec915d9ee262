"""What is asked of the county's page."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FIRST = date(2000, 1, 1)  # before any record; what is counted of a day looks back for years


class DayForm(forms.Form):
    """The day whose figures are wanted; past days as they were, none to come."""

    on = forms.DateField(
        label=_("截至"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("日期写作 2026-06-30 这样的格式。")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].widget.attrs |= {"min": FIRST.isoformat(), "max": today.isoformat()}

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("只能查询今天或以前的日期。"))
        if on < FIRST:
            raise forms.ValidationError(_("只能查询 %s 年以来的日期。") % FIRST.year)
        return on
