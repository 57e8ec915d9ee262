"""The browsers in which somebody is signed in: begun, seen again, listed, ended."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.tools.audit.actions import note
from portal.tools.privacy.cipher import keyed_hash

from .models import User, Visit

LONGEST_DEVICE = 300
UNKNOWN = _("未知设备")
# the first that is found names it: WeChat and Edge call themselves Chrome as well
MACHINES = ("iPhone", "iPad", "HarmonyOS", "Android", "Windows", "Macintosh", "Linux")
BROWSERS: Mapping[str, object] = {
    "MicroMessenger": _("微信"),
    "DingTalk": _("钉钉"),
    "Edg": "Edge",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}


def begin(user: User, session: SessionBase, *, device: str, at: datetime) -> None:
    """Put down that `user` is signed in by this session."""
    Visit.objects.update_or_create(
        session_hash=_found_by(session.session_key),
        defaults={
            "user": user,
            "session": session.session_key or "",
            "device": device[:LONGEST_DEVICE],
            "began_at": at,
            "seen_at": at,
        },
    )


def see_again(session: SessionBase, *, at: datetime) -> None:
    Visit.objects.filter(session_hash=_found_by(session.session_key)).update(seen_at=at)


def follow(before: str | None, session: SessionBase) -> None:
    """A session that got a new key is the same visit."""
    visit = Visit.objects.filter(session_hash=_found_by(before)).first()
    if visit is None:
        return
    if Visit.objects.filter(session_hash=_found_by(session.session_key)).exists():
        visit.delete()  # signed in once more: that visit has begun already
    else:
        visit.session, visit.session_hash = (
            session.session_key or "",
            _found_by(session.session_key),
        )
        visit.save(update_fields=["session", "session_hash"])


def visits_of(user: User, session: SessionBase) -> list[tuple[Visit, bool]]:
    """The visits that go on, the newest first, and whether each is this session's."""
    here = _found_by(session.session_key)
    listed = Visit.objects.filter(user=user).order_by("-seen_at")
    return [(visit, visit.session_hash == here) for visit in listed if _goes_on(visit, user)]


@transaction.atomic
def end(user: User, visit: UUID, *, at: datetime) -> bool:
    """End one of the user's own visits; False if there is none of this number."""
    found = Visit.objects.filter(user=user, pk=visit).first()
    if found is None:
        return False
    _end(found)
    note("accounts.ended_visit", user, by=user.pk, at=at)
    return True


@transaction.atomic
def end_others(user: User, session: SessionBase, *, at: datetime) -> int:
    """End every visit of the user but this; how many."""
    others = Visit.objects.filter(user=user).exclude(session_hash=_found_by(session.session_key))
    ended = 0
    for visit in others:
        _end(visit)
        ended += 1
    if ended:
        note("accounts.ended_visit", user, by=user.pk, at=at, facts={"count": ended})
    return ended


def forget_ended() -> int:
    """Delete the visits whose session has ended; how many."""
    over = [
        visit.pk
        for visit in Visit.objects.select_related("user")
        if not _goes_on(visit, visit.user)
    ]
    Visit.objects.filter(pk__in=over).delete()
    return len(over)


def device_words(device: str) -> str:
    """A browser in the words of its user: the machine and the program."""
    machine = next((name for name in MACHINES if name in device), "")
    browser = next((str(words) for name, words in BROWSERS.items() if name in device), "")
    return " · ".join(filter(None, [machine, browser])) or str(UNKNOWN)


def _goes_on(visit: Visit, user: User) -> bool:
    held = SessionStore(visit.session)
    return held.get(SESSION_KEY) == str(user.pk) and held.get(HASH_SESSION_KEY) == (
        user.get_session_auth_hash()
    )


def _end(visit: Visit) -> None:
    SessionStore().delete(visit.session)
    visit.delete()


def _found_by(session_key: str | None) -> str:
    return keyed_hash(session_key or "", kind="session")
