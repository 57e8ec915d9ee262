"""The filters and tags of our pages: `{% load ui %}`."""

import io
from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import segno
from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.tools.timekeeping.publicity_clock import Reading

from ..complaints import Complaint, complaints_of
from ..gauges import Gauge
from ..stages import Stage, placed
from ..stylesheet import stylesheet_address
from ..words import (
    NOTHING,
    area_words,
    day_words,
    deadline_words,
    moment_words,
    percent_words,
    phone_words,
)

register = template.Library()


@register.filter
def area(hundredths: int | None) -> str:
    """An area in 0.01 ㎡: `{{ part.area|area }}` gives "89.32 ㎡"."""
    return NOTHING if hundredths is None else area_words(hundredths)


@register.filter
def day(value: date | None) -> str:
    """A day: 2026年11月22日."""
    return NOTHING if value is None else day_words(value)


@register.filter
def moment(value: datetime | None) -> str:
    """A moment by the local clock: 2026年11月22日 09:05."""
    return NOTHING if value is None else moment_words(value)


@register.filter
def deadline(value: datetime | None) -> str:
    """A moment by which something is due: 2026年11月22日 24:00, not 00:00 of the 23rd."""
    return NOTHING if value is None else deadline_words(value)


@register.filter
def percent(share: Fraction | tuple[int, int] | None) -> str:
    """A share as `percent_words` rounds it: 66.67%."""
    return NOTHING if share is None else percent_words(share)


@register.filter
def phone(number: str | None) -> str:
    """A phone, whole: 138 0000 0000."""
    return phone_words(number) if number else NOTHING


@register.inclusion_tag("ui/gauge.html")
def gauge(one: Gauge) -> dict[str, Gauge]:
    """A part of a whole against its bar: the words, then the bar."""
    return {"gauge": one}


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A form's field with label, hint and errors."""
    return mark_safe(bound.as_widget() if bound.is_hidden else bound.as_field_group())  # noqa: S308


@register.inclusion_tag("ui/error_summary.html")
def errors(*forms: BaseForm | BaseFormSet[Any]) -> dict[str, list[Complaint]]:
    """All that is wrong with these forms or sets of forms, each line a link to its field."""
    return {"complaints": [found for form in forms for found in complaints_of(form)]}


@register.inclusion_tag("ui/stage_line.html")
def stage_line(stages: Iterable[tuple[str, ...]], current: str) -> dict[str, list[Stage]]:
    """Stages as (value, label) or (value, label, note); those before `current` are done."""
    return {"stages": placed(stages, current)}


@register.inclusion_tag("ui/status.html")
def status(word: str, kind: str = "") -> dict[str, str]:
    """A status word; kinds: todo now done care wrong official, or none for a quiet one."""
    return {"word": word, "kind": kind}


@register.inclusion_tag("ui/clock.html")
def clock(first_on: date, last_on: date, reading: Reading) -> dict[str, object]:
    """How far a publicity has run: day, days left, its end at 24:00, and a bar of days."""
    return {"first_on": first_on, "last_on": last_on, "reading": reading}


@register.inclusion_tag("ui/crumbs.html")
def breadcrumbs(*words_and_addresses: str) -> dict[str, object]:
    """Bread crumbs: word, address, word, address, …, and last the word of this page."""
    *pairs, here = words_and_addresses
    return {"steps": list(zip(pairs[::2], pairs[1::2], strict=True)), "here": here}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, object]:
    """Ways to the pages before and after, keeping the rest of the address's query."""
    request = context.get("request")
    return {"page": page, "query": request.GET if request else QueryDict()}


@register.simple_tag(takes_context=True)
def qr(context: Context, address: str) -> SafeString:
    """A QR code of an address as SVG; an address of this site is made absolute."""
    request = context.get("request")
    if request is not None and address.startswith("/"):
        address = request.build_absolute_uri(address)
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2, lineclass=None
    )
    label = _("本页二维码")
    svg = drawn.getvalue().decode().strip()
    return mark_safe(f'<span class="qr" role="img" aria-label="{label}">{svg}</span>')  # noqa: S308


@register.simple_tag
def stylesheet() -> str:
    """The address of the one stylesheet."""
    return stylesheet_address()
