"""What a reader of the rulebook looks for: a word, a region, a day."""

from collections.abc import Mapping
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
    """The filter of the list, read from the address; what it leaves out is home and today."""

    word = forms.CharField(label=_("关键词"), required=False, max_length=60)
    region = forms.ChoiceField(label=_("地区"), choices=region_choices)
    on = forms.DateField(
        label=_("截至日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, asked: Mapping[str, str], today: date) -> None:
        said = {name: text for name, text in asked.items() if text}
        super().__init__({"region": HOME, "on": f"{today:%Y-%m-%d}"} | said)
        self.today = today

    def looked_for(self) -> tuple[str, str, date]:
        """The word, the region and the day; what is wrong is set aside."""
        self.full_clean()
        found = self.cleaned_data
        return found.get("word", ""), found.get("region", HOME), found.get("on", self.today)
