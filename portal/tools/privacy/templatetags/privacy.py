"""Masks as template filters: `{{ owner.name|masked_name:owner.kind }}`."""

from django import template

from portal.tools.privacy import masks

register = template.Library()
PERSON = "person"

register.filter("masked_email", masks.masked_email)
register.filter("masked_number", masks.masked_number)
register.filter("masked_phone", masks.masked_phone)


@register.filter
def masked_name(name: str, kind: str = PERSON) -> str:
    """The name as the public may see it; of any `kind` but "person" it is public as it stands."""
    return masks.masked_name(name, is_company=kind != PERSON)
