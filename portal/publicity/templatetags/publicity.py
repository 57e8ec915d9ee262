"""What the page of a frozen text asks beyond the text."""

from django import template

from portal.publicity import queries
from portal.publicity.models import Publicity

register = template.Library()


@register.simple_tag
def called_off_by(publicity: Publicity) -> Publicity | None:
    """The later notice that what this one announced is off."""
    return queries.called_off_by(publicity)
