"""What a reader of the rulebook looks for: a word, a region, a day."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from .rules.regions import HOME, NAMES, chain, name_of

EVERYWHERE = "all"


def region_choices() -> list[tuple[str, object]]:
    """Home first, then every region of the book by name, then all of them side by side."""
    others = [code for code in NAMES if code != HOME]
    path = " · ".join(name_of(step) for step in chain(HOME)[1:])
    named = [(HOME, path), *((code, name_of(code)) for code in others)]
    return [*named, (EVERYWHERE, _("各地对照"))]


class LookingForm(forms.Form):
    """The filter of the list, read from the address."""

    word = forms.CharField(label=_("关键词"), required=False, max_length=60)
    region = forms.ChoiceField(label=_("地区"), required=False, choices=region_choices)
    on = forms.DateField(
        label=_("截至日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_region(self) -> str:
        return self.cleaned_data["region"] or HOME

    def looked_for(self, today: date) -> tuple[str, str, date]:
        """The word, the region and the day; what was left out or is wrong is as at first."""
        asked = self.cleaned_data if self.is_valid() else {}
        return asked.get("word", ""), asked.get("region", HOME), asked.get("on") or today
