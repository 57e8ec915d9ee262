"""Vote on a phone: mark, check, send, receipt.  Nothing marked is stored before it is sealed."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees import actions, permissions, queries
from committees.actions.refusals import Refusal
from committees.forms.ballots import BallotForm
from committees.models import Ballot, Meeting, Voter
from committees.queries import pages, steering
from committees.rules.manifest import read_manifest
from portal.accounts.access import asks
from portal.accounts.models import User
from portal.tools.keys import new_key

from . import wording
from .loading import readable_meeting


def _voter_for(request: HttpRequest, code: str, number: str, slip: int) -> tuple[Meeting, Voter]:
    """The meeting and the voter this user casts a ballot for; 404 for anybody else's."""
    meeting = readable_meeting(request, code, number, permissions.may_vote)
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before
    for voter in queries.voters_of(meeting, request.user.pk):
        if voter.slip == slip:
            return meeting, voter
    raise Http404


def _page(meeting: Meeting, voter: Voter, form: BallotForm) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "compound": meeting.compound,
        "voter": voter,
        "form": form,
        "sheets": steering.ballot_sheets(meeting, form),
    }


def _form(meeting: Meeting, data: Any = None) -> BallotForm:
    matters = read_manifest(meeting.manifest.encode()).meeting.matters
    return BallotForm(data, matters=matters, request=new_key())


@asks(permissions.may_vote)
@login_required
@require_http_methods(["GET", "POST"])
def ballot(request: HttpRequest, code: str, number: str, slip: int) -> HttpResponse:
    """The ballot; sent, the page to check it on, or the ballot again to change it."""
    meeting, voter = _voter_for(request, code, number, slip)
    cast = pages.ballot_of(meeting, voter)
    if cast is not None:
        return redirect("committees:cast", code=code, number=number, ballot=cast.pk)
    if not meeting.takes_ballots(timezone.now()):
        context = {"meeting": meeting, "compound": meeting.compound, "voter": voter}
        return render(request, "committees/voting_closed.html", context, status=409)
    if request.method == "GET":
        actions.serve(meeting, voter, how="online", at=timezone.now())
        return render(request, "committees/ballot.html", _page(meeting, voter, _form(meeting)))
    form = _form(meeting, request.POST)
    if not form.is_valid():
        return render(request, "committees/ballot.html", _page(meeting, voter, form), status=422)
    if "change" in request.POST:
        return render(request, "committees/ballot.html", _page(meeting, voter, form))
    page = _page(meeting, voter, form)
    page["unmarked"] = sum(not sheet.marked for sheet in page["sheets"])
    return render(request, "committees/ballot_check.html", page)


@asks(permissions.may_vote)
@login_required
@require_POST
def cast(request: HttpRequest, code: str, number: str, slip: int) -> HttpResponse:
    """Send the ballot; sent twice, it is one ballot with one receipt."""
    meeting, voter = _voter_for(request, code, number, slip)
    form = _form(meeting, request.POST) if meeting.manifest else None
    if form is None or not form.is_valid():
        return redirect("committees:ballot", code=code, number=number, slip=slip)
    sent = actions.Slip(voter, form.choices(), form.cleaned_data["request"])
    try:
        taken = actions.cast_ballot(meeting, sent, at=timezone.now())
    except Refusal as refusal:
        context = _page(meeting, voter, form) | {"reasons": wording.refusal(refusal)}
        return render(request, "committees/ballot_refused.html", context, status=409)
    return redirect("committees:cast", code=code, number=number, ballot=taken.pk)


@asks(permissions.may_vote)
@login_required
@require_safe
def receipt(request: HttpRequest, code: str, number: str, ballot: UUID) -> HttpResponse:
    """The receipt of the user's own ballot: it proves that it was taken, never what it says."""
    meeting = readable_meeting(request, code, number, permissions.may_vote)
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before
    own = [voter.pk for voter in queries.voters_of(meeting, request.user.pk)]
    found = Ballot.objects.filter(
        compound_id=meeting.compound_id, meeting=meeting, pk=ballot, voter__in=own
    ).first()
    if found is None:
        raise Http404
    context = {
        "meeting": meeting,
        "compound": meeting.compound,
        "ballot": found,
        "told": pages.find_receipt(meeting, found.seal),
    }
    return render(request, "committees/receipt.html", context)
