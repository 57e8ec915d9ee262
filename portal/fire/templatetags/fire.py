"""The filters of fire pages: `{% load fire %}`."""

from collections.abc import Mapping
from uuid import UUID

from django import template

from portal.tools.ui.words import NOTHING

register = template.Library()


@register.filter
def named(names: Mapping[UUID, str], who: UUID) -> str:
    """The name of a person: `{{ names|named:repair.by }}`."""
    return names.get(who) or NOTHING
