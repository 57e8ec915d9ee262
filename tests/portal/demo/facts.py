"""What two builds of the demonstration must agree on: all but keys, nonces and real time."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from cms.models import NoticePage
from committees.models import Ballot, Candidate, Meeting, Member, Result, Term, Voter
from portal.accounts.models import CompoundOffice, RegionOffice, User
from portal.firms.models import ServiceContract
from portal.owners.models import Holding, RollVersion
from portal.places.models import Compound, Part, Region
from portal.publicity.models import Publicity, PublicityStart

ROWS = {
    Region: ["path", "name", "level"],
    Compound: ["code", "name", "kind", "region__name", "registered_parts", "registered_area"],
    ServiceContract: ["compound__code", "firm__name"],
    Part: ["compound__code", "key", "kind", "area", "delivery"],
    RollVersion: ["compound__code", "number", "parts", "heads", "area"],
    Meeting: ["compound__code", "number", "title", "stage", "kind"],
    Voter: ["meeting__compound__code", "meeting__title", "slip", "area", "rooms", "is_developer"],
    Term: ["committee__name", "number"],
    Result: ["meeting__title", "result", "strict"],
    Publicity: ["compound__code", "number", "kind", "title", "days"],
    NoticePage: ["slug", "title"],
}
DATED = {
    ServiceContract: ["compound__code", "starts_on", "ends_on", "filed_on"],
    Meeting: ["compound__code", "number", "opens_at", "closes_at", "created_at"],
    Term: ["committee__name", "number", "starts_on", "ends_on"],
    Result: ["meeting__title", "counted_at"],
    Ballot: ["meeting__title", "voter__slip", "channel", "received_at"],
    PublicityStart: ["publicity__title", "live_at", "ends_at"],
    NoticePage: ["title", "posted_on"],
    CompoundOffice: ["compound__code", "role", "since", "until"],
    RegionOffice: ["region__code", "role", "since", "until"],
}


def of_every_day() -> dict[str, list[Any]]:
    """Names, counts and results: the same whatever the day."""
    found = {model.__name__: _rows(model, fields) for model, fields in ROWS.items()}
    found["people"] = sorted(_people())
    return found


def of_the_day() -> dict[str, list[Any]]:
    """What is dated besides."""
    return {model.__name__: _rows(model, fields) for model, fields in DATED.items()}


def _rows(model: Any, fields: list[str]) -> list[Any]:
    return sorted(model.objects.values_list(*fields), key=str)


def _people() -> Iterator[tuple[Any, ...]]:
    for held in Holding.objects.select_related("owner", "part", "compound"):
        yield (
            "holds",
            held.compound.code,
            held.part.key,
            held.owner.name,
            held.owner.phone,
            held.owner.id_number,
        )
    for who in Member.objects.select_related("owner", "term__committee"):
        facts = (str(who.term), who.owner.name, who.post, who.is_party_member, who.end_reason)
        yield ("sits", *facts, str(who.alternate_rank))
    for who in Candidate.objects.select_related("matter__meeting"):
        matter = who.matter
        yield ("stands", matter.meeting.title, matter.code, who.code, who.name, who.is_party_member)
    for user in User.objects.all():
        yield ("user", user.name, user.phone)


def spans_of_members(on: date) -> list[Any]:
    """Days from `on` on which each member's office began."""
    return sorted((member.since - on).days for member in Member.objects.all())
