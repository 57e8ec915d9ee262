"""What a campaign's pages print of a frozen record."""

from datetime import date

from django import template

from portal.tools.ui.words import day_words

register = template.Library()


@register.filter
def frozen_day(on: str) -> str:
    """A day as it is frozen, 2026-11-22, in the reader's words: 2026年11月22日."""
    return day_words(date.fromisoformat(on))
