"""The facts a public page prints: the page's view, for Wagtail shows pages by their templates."""

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone

from cms import permissions, queries
from cms.models import CompoundPage, NoticePage
from portal.fire import permissions as fire
from portal.places.models import Compound
from portal.publicity import queries as publicities
from portal.publicity.queries import Posted

register = template.Library()


@register.simple_tag(takes_context=True)
def found_compounds(context: Context) -> queries.Found:
    """What the visitor looks for in `?q=`."""
    request: HttpRequest = context["request"]
    return queries.find_compounds(request.GET.get("q", ""))


@register.simple_tag
def running_publicities() -> list[Posted]:
    return publicities.running(timezone.now(), limit=queries.NEWEST)


@register.simple_tag
def newest_notices() -> list[queries.NoticeLine]:
    return queries.newest_notices()


@register.simple_tag
def compounds_by_street() -> list[queries.Street]:
    return queries.compounds_by_street()


@register.simple_tag
def facts_of(page: CompoundPage) -> queries.CompoundFacts:
    return queries.compound_facts(page.compound, timezone.now())


@register.simple_tag
def carried_by(page: NoticePage) -> Posted | None:
    return queries.carried_by(page, timezone.now())


@register.simple_tag
def story_of(page: NoticePage) -> queries.Story:
    return queries.story_of(page)


@register.simple_tag(takes_context=True)
def may_write_notices(context: Context, compound: Compound) -> bool:
    return permissions.may_write_notices(context["request"].user, compound)


@register.simple_tag(takes_context=True)
def may_see_fire_status(context: Context, compound: Compound) -> bool:
    return fire.may_see_fire_status(context["request"].user, compound)


@register.simple_tag(takes_context=True)
def address_of(context: Context, path: str) -> str:
    """A path of this site as a whole address, to be printed on paper."""
    request: HttpRequest = context["request"]
    return request.build_absolute_uri(path)
