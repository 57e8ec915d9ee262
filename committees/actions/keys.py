"""The private key of a meeting: read for its count, and kept under the keyring's newest key."""

from django.db import transaction

from committees import queries
from committees.models import Meeting, SealingKey
from portal.tools.privacy import cipher, envelope
from portal.tools.privacy.rotation import Tally

BEFORE_THE_COUNT = (Meeting.Stage.OPEN, Meeting.Stage.CLOSED)


def private_key(meeting: Meeting) -> str | None:
    """The private half of the key that the meeting's first copy names, from the newest copy that
    opens; None where there is none."""
    copies = queries.sealing_keys(meeting)
    for one in reversed(copies):
        try:
            private = cipher.decrypt(one.private, place=one.place)
        except cipher.CannotOpen:
            continue
        if envelope.public_of(private) == copies[0].public:
            return private
    return None


def renew_keys(batch: int) -> Tally:  # noqa: ARG001 - meetings that are open are few
    """Add a copy under the newest key of the keyring for every meeting that is not counted yet;
    evidence is not written over."""
    renewed = unreadable = 0
    for meeting in Meeting.objects.filter(stage__in=BEFORE_THE_COUNT):
        with transaction.atomic():
            done = _renew(meeting)
        renewed += done is True
        unreadable += done is None
    return Tally("committees_sealingkey.private", renewed, unreadable)


def _renew(meeting: Meeting) -> bool | None:
    """Was a copy added?  None where no copy opens."""
    Meeting.objects.select_for_update(of=("self",), no_key=True).get(
        compound_id=meeting.compound_id, pk=meeting.pk
    )
    copies = queries.sealing_keys(meeting)
    private = private_key(meeting)
    if private is None:
        return None
    if copies[-1].private.startswith(cipher.current_prefix()):
        return False
    first = copies[0]
    copy = SealingKey(
        compound_id=meeting.compound_id,
        meeting=meeting,
        copy=copies[-1].copy + 1,
        public=first.public,
        manifest_sha256=first.manifest_sha256,
        at=first.at,
    )
    keep_key(copy, private)
    return True


def keep_key(key: SealingKey, private: str) -> None:
    """Store a copy of the key pair, its private half under the keyring's newest key."""
    key.private = cipher.encrypt(private, place=key.place)
    key.save(force_insert=True)
