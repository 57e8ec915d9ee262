"""Who asks, and about what, when the matrix of rights is checked.

A new address needs a row in tests/architecture/rights.csv and, where the words in it are not
`code` of a compound, a line in ARGUMENTS: from the world, what stands in the address.  A second
row for another state of the same thing is called "name (state)".
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from cms import actions as cms
from committees import actions
from committees.models import Ballot, Voter
from portal.accounts import visits
from portal.accounts.models import CompoundOffice, RegionOffice, User, Visit
from portal.approvals import actions as approvals
from portal.approvals import kinds
from portal.fire.models import Defect
from portal.owners import actions as roll
from portal.places.models import Building
from portal.publicity.models import Publicity
from portal.tools.keys import new_key

from . import campaigns, committees, fire, meetings, people, rulebook
from .approvals import Doing
from .cast import Cast, make_cast, neighbours

PEOPLE = (
    "anonymous",
    "owner",
    "stranger",  # owner and clerk in another compound
    "member",
    "clerk",
    "manager",
    "street",
    "county",
    "administrator",
)


@dataclass(frozen=True)
class World:
    """The cast, one person for each office, and the moment of asking (None: now)."""

    cast: Cast
    people: dict[str, User | None]
    at: datetime | None = None
    about: dict[str, Any] = field(default_factory=dict)


def make_world(cast: Cast | None = None) -> World:
    """The cast and one person for each office over its compound."""
    cast = cast or make_cast()
    member, clerk, county = people.user("周七"), people.user("吴八"), people.user("郑九")
    people.compound_office(member, cast.compound, CompoundOffice.Role.MEMBER)
    people.compound_office(clerk, cast.compound, CompoundOffice.Role.CLERK)
    top = cast.compound.region.parent.parent
    people.region_office(county, top, RegionOffice.Role.COUNTY)
    who = [None, cast.chen, cast.qian, member, clerk, cast.wang, cast.zhao, county, cast.sun]
    return World(cast, dict(zip(PEOPLE, who, strict=True)))


def world_about(name: str, words: frozenset[str]) -> World:
    """The world in which `name` is asked for; `about` holds what stands for each of `words`."""
    world = make_world()
    at, special = None, {}
    if name in ARGUMENTS:
        at, special = ARGUMENTS[name](world)
    known = {"code": world.cast.compound.code} | special
    missing = words - known.keys()
    if missing:
        raise LookupError(f"{name}: tests/factories/rights.py knows no {', '.join(missing)}")
    return World(world.cast, world.people, at, {word: known[word] for word in words})


def mixed_about(name: str, words: frozenset[str], only: str = "") -> World:
    """Own code, foreign id: two compounds that have all the same, their ids exchanged (`only`
    this one, where there are several).

    The people hold their offices in the compound of the address; what numbers a compound gives
    itself (a meeting, a ballot paper) are its own, every id that is known beyond it is the other's.
    """
    theirs = make_world()
    own = make_world(neighbours(theirs.cast))
    build = IN_BOTH.get(name, ARGUMENTS.get(name))
    assert build is not None
    _, foreign = build(theirs)
    at, special = build(own)
    special |= {
        word: foreign[word]
        for word in foreign
        if is_foreign(word, foreign[word]) and only in ("", word)
    }
    known = {"code": own.cast.compound.code} | special
    return World(own.cast, own.people, at, {word: known[word] for word in words})


def is_foreign(word: str, value: object) -> bool:
    """Whether this word of an address is known beyond one compound."""
    return isinstance(value, UUID) or word in {"token", "page"}


Asked = tuple[datetime | None, dict[str, Any]]


def _sitting_member(world: World) -> Asked:
    term = committees.term(world.cast.compound, committees.owners(world.cast.compound, 1))
    return None, {"pk": term.members.get().pk}


def _street(world: World) -> Asked:
    office = RegionOffice.objects.get(user=world.cast.zhao)
    return None, {"code": office.region.code, "pk": office.pk}


def _clerks_upload(world: World) -> Asked:
    staged = roll.stage_roll(
        world.cast.compound,
        "房号,面积,业主\n1-1-101,八十,张三\n".encode(),
        file_name="名册.csv",
        seen="",
        by=world.people["clerk"].pk,
        at=timezone.now(),
    )
    return None, {"upload": staged.pk}


def _clerks_office(world: World) -> Asked:
    office = CompoundOffice.objects.get(user=world.cast.li, role=CompoundOffice.Role.CLERK)
    return None, {"pk": office.pk}


def _clerks_visit(world: World) -> Asked:
    session = SessionStore()
    session.create()
    visits.begin(world.people["clerk"], session, device="", at=timezone.now())
    return None, {"pk": Visit.objects.get().pk}


def _meeting(stage: Callable[..., meetings.Held]) -> Callable[[World], Asked]:
    """A meeting brought to `stage`, an hour after voting opened (or would have)."""

    def hold(world: World) -> Asked:
        held = stage(world.cast.compound, world.cast.li)
        facts = {"number": held.meeting.number, "position": 2, "candidate": 1}
        voter = Voter.objects.filter(
            meeting=held.meeting, rooms__contains=[world.cast.flat.key]
        ).first()
        if voter is not None:
            facts["slip"] = voter.slip
        return meetings.OPENED + timedelta(hours=1), facts

    return hold


def _cast_ballot(world: World) -> Asked:
    """Chen has voted: the ballot of the receipt."""
    at, facts = _meeting(meetings.opened)(world)
    voter = Voter.objects.get(compound=world.cast.compound, slip=facts["slip"])
    slip = actions.Slip(voter, {"m1": [1, 0, 0, 0], "m2": [1, 0, 0]}, new_key())
    taken = actions.cast_ballot(voter.meeting, slip, at=at)
    return at, facts | {"ballot": taken.pk}


def _keyed_slip(world: World) -> Asked:
    """Chen has voted on paper: the ballot that the clerk keyed."""
    at, facts = _meeting(meetings.opened)(world)
    voter = Voter.objects.get(compound=world.cast.compound, slip=facts["slip"])
    slip = actions.Slip(voter, {"m1": [1, 0, 0, 0]}, new_key(), Ballot.Channel.PAPER)
    keyed = actions.cast_ballot(voter.meeting, slip, at=at, by=world.cast.li.pk)
    return at, facts | {"ballot": keyed.pk}


def _paper_term(world: World) -> Asked:
    """A term that was taken over from paper."""
    term = committees.term(world.cast.compound, [world.cast.chen_as_owner])
    return None, {"pk": term.pk, "number": term.number}


def _publicity(world: World) -> Asked:
    at, _ = _meeting(meetings.published)(world)
    shown = Publicity.objects.filter(compound=world.cast.compound).first()
    return at, {"number": shown.number}


def _request(world: World) -> Asked:
    """The clerk has asked for something that an officer over the compound may agree to."""
    rulebook.load()
    kinds.registered.setdefault("tests.do", Doing().kind)
    wanted = approvals.Wanted("tests.do", world.cast.compound, new_key(), "试")
    asked = approvals.ask(wanted, by=world.people["clerk"], at=timezone.now())
    return None, {"pk": asked.pk}


def _plain_notice(world: World) -> Asked:
    """A notice that the clerk wrote."""
    cms.build_site("永嘉县")
    draft = cms.Draft("停水通知", "明日停水。", new_key())
    page = cms.publish_notice(
        world.cast.compound, draft, by=world.people["clerk"].pk, at=timezone.now()
    )
    return None, {"page": page.pk}


def _rule(_world: World) -> Asked:
    rulebook.load()
    return None, {"key": "meeting.notice.days"}


def _fire(world: World) -> Asked:
    """A hydrant with a defect that Wang found."""
    rulebook.load()
    at = timezone.now()
    piece = fire.hydrant(world.cast.compound, at=at)
    found = fire.defect(piece, at=at, by=world.cast.wang.pk)
    return None, {
        "pk": piece.pk,
        "token": piece.place.token,
        "digits": piece.place.code,
        "duty": "patrol",
        "seq": 1,
        "number": found.number,
    }


def _building(world: World) -> Asked:
    rulebook.load()
    return None, {"pk": Building.objects.filter(compound=world.cast.compound).first().pk}


def _fire_photo(world: World) -> Asked:
    _fire(world)
    return None, {"pk": Defect.objects.get(compound=world.cast.compound).photo_id}


def _campaign(bring: Callable[..., campaigns.Run], **facts: Any) -> Callable[[World], Asked]:
    """A campaign brought to where `bring` leaves it, at the moment of its last act."""

    def hold(world: World) -> Asked:
        run = bring(world.cast.compound, world.cast.wang)
        at = campaigns.OPENED if run.campaign.stage == "entry" else campaigns.ENTRY_CLOSED
        place = {"compound": world.cast.compound.code, "region": run.region.code}
        return at, {"code": run.campaign.code} | place | facts

    return hold


def _campaign_file(world: World) -> Asked:
    """The manager has attached a file to the draft."""
    at, facts = ENTERED(world)
    return at, facts | {"file": campaigns.attach(world.cast.compound, world.cast.wang).file_id}


OPEN_CAMPAIGN = _campaign(campaigns.opened)
ENTERED = _campaign(campaigns.entered)
SCORING = _campaign(campaigns.scoring, stage="street")
SCORED = _campaign(campaigns.scored)
POSTED = _campaign(campaigns.posted)
PREPARED = _meeting(meetings.prepared)
NOMINATING = _meeting(meetings.nominating)
PUBLISHED = _meeting(meetings.published)
OPENED = _meeting(meetings.opened)
COUNTED = _meeting(meetings.counted)
ARGUMENTS: dict[str, Callable[[World], Asked]] = {
    "accounts:region-offices": _street,
    "accounts:appoint-over": _street,
    "accounts:end-region-office": _street,
    "accounts:end-office": _clerks_office,
    "accounts:end-visit": _clerks_visit,
    "ui:stylesheet": lambda _world: (None, {"digest": "0123456789abcdef"}),
    "oversight:retry": lambda _world: (None, {"job": 1}),
    "rulebook:rule": _rule,
    "campaigns:new": OPEN_CAMPAIGN,
    "campaigns:campaign": ENTERED,
    "campaigns:manage": ENTERED,
    "campaigns:advance": SCORING,
    "campaigns:publish": SCORED,
    "campaigns:award": POSTED,
    "campaigns:entry": POSTED,
    "campaigns:entry (draft)": ENTERED,
    "campaigns:entry (scoring)": SCORING,
    "campaigns:entry-json": POSTED,
    "campaigns:entry-json (scoring)": SCORING,
    "campaigns:enter": OPEN_CAMPAIGN,
    "campaigns:draft": ENTERED,
    "campaigns:submit": ENTERED,
    "campaigns:file": _campaign_file,
    "campaigns:score": SCORING,
    "campaigns:veto": SCORING,
    "publicity": _publicity,
    "publicity_text": _publicity,
    "approvals:request": _request,
    "approvals:agree": _request,
    "approvals:refuse": _request,
    "approvals:withdraw": _request,
    "approvals:act-alone": _request,
    "committees:undo-take-over": _paper_term,
    "committees:leave": _sitting_member,
    "committees:put-back": _sitting_member,
    "committees:posts": _paper_term,
    "committees:new-meeting": _rule,
    "committees:own-rules": _rule,
    "committees:own-rule": _rule,
    "committees:meeting": OPENED,
    "committees:meeting (prepared)": PREPARED,
    "committees:receipt": OPENED,
    "committees:receipt (prepared)": PREPARED,
    "committees:result-json": COUNTED,
    "committees:record": COUNTED,
    "committees:console": OPENED,
    "committees:call-off": PUBLISHED,
    "committees:call-off (open)": OPENED,
    "committees:ask-to-waive": PREPARED,
    "committees:unopenable": OPENED,
    "committees:reschedule": PREPARED,
    "committees:change-meeting": PREPARED,
    "committees:discard-meeting": PREPARED,
    "committees:freeze": PREPARED,
    "committees:publish": NOMINATING,
    "committees:open": OPENED,
    "committees:close": OPENED,
    "committees:count": OPENED,
    "committees:new-decision": PREPARED,
    "committees:new-election": PREPARED,
    "committees:drop-matter": PREPARED,
    "committees:nominate": NOMINATING,
    "committees:withdraw": NOMINATING,
    "committees:seat": COUNTED,
    "owners:part": lambda world: (None, {"pk": world.cast.flat.pk}),
    "owners:bind": lambda world: (
        None,
        {"pk": world.cast.flat.pk, "owner": world.cast.chen_as_owner.pk},
    ),
    "owners:end-binding": lambda world: (
        None,
        {"pk": world.cast.flat.pk, "binding": world.cast.chen_as_owner.bindings.get().pk},
    ),
    "owners:take-in": lambda _world: (None, {"upload": new_key()}),
    "owners:left-over": _clerks_upload,
    "committees:slips": OPENED,
    "committees:slip": OPENED,
    "committees:void-slip": _keyed_slip,
    "committees:ballot": OPENED,
    "committees:send-ballot": OPENED,
    "committees:cast": _cast_ballot,
    "cms:correct-notice": _plain_notice,
    "cms:publish-correction": _plain_notice,
    "cms:withdraw-notice": _plain_notice,
    "fire:photo": _fire_photo,
    "fire:place": _fire,
    "fire:log": _fire,
    "fire:check": _fire,
    "fire:defect": _fire,
    "fire:repair": _fire,
    "fire:recheck": _fire,
    "fire:change-place": _fire,
    "fire:retire-place": _fire,
    "fire:new-equipment": _fire,
    "fire:change-equipment": _fire,
    "fire:retire-equipment": _fire,
    "fire:change-building": _building,
}
IN_BOTH: dict[str, Callable[[World], Asked]] = {  # where one's own answer needs less than a thing
    "owners:take-in": _clerks_upload,
}
