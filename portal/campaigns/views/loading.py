"""Load and permit in one step: the campaign, compound or entry asked for, if this user may."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from portal.accounts.access import hide_unless, refuse_unless
from portal.accounts.models import User
from portal.accounts.permissions import Asker
from portal.campaigns import permissions
from portal.campaigns.models import Campaign, Entry
from portal.campaigns.queries.entries import submission_of
from portal.campaigns.queries.pages import result_of
from portal.campaigns.queries.steering import levels_to_score
from portal.campaigns.rules.standard import Scorer
from portal.places.models import Compound, Region


def campaign_for(request: HttpRequest, code: str) -> Campaign:
    """The public campaign of this code, or 404."""
    refuse_unless(permissions.may_anyone_read_campaigns(request.user))
    rows = Campaign.objects.select_related("region", "standard")
    return get_object_or_404(rows, code=code)


def campaign_to_steer(request: HttpRequest, code: str) -> Campaign:
    campaign = campaign_for(request, code)
    refuse_unless(permissions.may_steer(request.user, campaign))
    return campaign


def county_for(request: HttpRequest, region: str) -> Region:
    """The county of this code, for who may open a campaign there."""
    county = get_object_or_404(Region, code=region, level=Region.Level.COUNTY)
    refuse_unless(permissions.may_open(request.user, county))
    return county


def compound_to_enter(request: HttpRequest, compound: str) -> Compound:
    found = get_object_or_404(Compound.objects.select_related("region"), code=compound)
    refuse_unless(permissions.may_enter(request.user, found))
    return found


def entry_for(
    request: HttpRequest, code: str, compound: str, may: Callable[[Asker, Compound], bool]
) -> Entry:
    """The entry of a compound in a campaign, or 404; 403 if `may` says no."""
    entry = _entry(code, compound)
    refuse_unless(may(request.user, entry.compound))
    return entry


def readable_entry(request: HttpRequest, code: str, compound: str) -> Entry:
    """An entry for its readers: everybody once its result is posted, who entered it at any time,
    who judges it once it is submitted; to others it is not told of."""
    entry = _entry(code, compound)
    hide_unless(
        result_of(entry) is not None
        or permissions.may_enter(request.user, entry.compound)
        or (
            permissions.may_judge(request.user, entry.compound) and submission_of(entry) is not None
        )
    )
    return entry


def entry_with_files(request: HttpRequest, code: str, compound: str) -> Entry:
    """An entry for who reads its files: a draft's only those who write it."""
    entry = _entry(code, compound)
    refuse_unless(permissions.may_read_entry(request.user, entry))
    may_enter = permissions.may_enter(request.user, entry.compound)
    hide_unless(may_enter or submission_of(entry) is not None)
    return entry


def turn_of(request: HttpRequest, entry: Entry) -> Scorer | None:
    """The level for which this user scores the entry now, if it is that level's turn."""
    if submission_of(entry) is None or result_of(entry) is not None:
        return None
    levels = levels_to_score(entry)
    return next((one for one in levels if permissions.may_score(request.user, entry, one)), None)


def user_id(request: HttpRequest) -> UUID:
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before
    return request.user.pk


def _entry(code: str, compound: str) -> Entry:
    rows = Entry.objects.select_related(
        "campaign__standard", "campaign__region", "compound__region__parent"
    )
    return get_object_or_404(rows, campaign__code=code, compound__code=compound)
