"""Masks as template filters: `{{ phone|masked_phone }}`."""

from django import template

from portal.tools.privacy.masks import masked_email, masked_name, masked_number, masked_phone

register = template.Library()

for _mask in (masked_email, masked_name, masked_number, masked_phone):
    register.filter(_mask.__name__, _mask)
