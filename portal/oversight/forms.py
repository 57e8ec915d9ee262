"""What is asked of the county's page."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FIRST = date(2000, 1, 1)  # before any record; what is counted of a day looks back for years


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("日期写作 2026-06-30 这样的格式。")},
    )


class DayForm(forms.Form):
    """The day whose figures are wanted, none to come, and the day by which they were known."""

    on = day_field(_("截至"))
    known = day_field(_("已知至"), required=False)  # today unless told

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for field in self.fields.values():
            field.widget.attrs |= {"min": FIRST.isoformat(), "max": today.isoformat()}

    def clean_on(self) -> date:
        return self._past("on")

    def clean_known(self) -> date:
        if self.cleaned_data["known"] is None:
            return self.today
        known = self._past("known")
        on = self.cleaned_data.get("on")
        if on is not None and known < on:
            raise forms.ValidationError(_("“已知至”不能早于“截至”：当天的情况当天才知道。"))
        return known

    def _past(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if day > self.today:
            raise forms.ValidationError(_("只能查询今天或以前的日期。"))
        if day < FIRST:
            raise forms.ValidationError(_("只能查询 %s 年以来的日期。") % FIRST.year)
        return day
