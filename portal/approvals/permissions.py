"""Who may ask, answer and read."""

from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.permissions import Asker

from .kinds import Kind, kind_of
from .models import Answer, Request
from .queries import Place, place_of, roles_held


def may_ask(user: Asker, kind: Kind, place: Place) -> bool:
    """Hold an office there that may ask for this kind of thing."""
    return isinstance(user, User) and bool(
        roles_held(user, kind.askers, place, timezone.localdate())
    )


def may_answer(user: Asker, asked: Request) -> bool:
    """Hold an office there that may answer, and not be the one who asked."""
    if not isinstance(user, User) or user.pk == asked.asked_by:
        return False
    answerers = kind_of(asked.kind).answerers
    return bool(roles_held(user, answerers, place_of(asked), timezone.localdate()))


def may_read(user: Asker, asked: Request) -> bool:
    """Have asked or answered it, or hold an office that may answer."""
    if not isinstance(user, User):
        return False
    answered = Answer.objects.filter(compound=asked.compound, request=asked, by=user.pk)
    return user.pk == asked.asked_by or may_answer(user, asked) or answered.exists()


def may_take_back(user: Asker, asked: Request) -> bool:
    """Have asked it oneself."""
    return isinstance(user, User) and user.pk == asked.asked_by


def may_have_requests(user: Asker) -> bool:
    """See one's own list: everybody who has signed in, whose list may be empty."""
    return isinstance(user, User)
