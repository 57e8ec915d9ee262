"""Key a paper slip: find the voter, mark what the slip marks, keep it.

A slip is keyed as it was marked; a wrong mark takes part and supports nothing.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from committees import actions, permissions
from committees.actions.refusals import Refusal
from committees.forms import BallotForm, SlipForm
from committees.models import Ballot, Voter
from committees.queries import pages, steering
from committees.rules.manifest import read_manifest
from portal.accounts.access import asks
from portal.tools.keys import new_key

from . import wording
from .console import _user
from .loading import meeting_for


@asks(permissions.may_key_slips)
@login_required
@never_cache
@require_safe
def find(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Find whose slip it is, by its number or by a room."""
    meeting = meeting_for(request, code, number, permissions.may_key_slips)
    form = SlipForm(request.GET or None)
    voters = []
    if form.is_bound and form.is_valid():
        voters = steering.voters_by(meeting, form.cleaned_data["find"])
        if len(voters) == 1:
            return redirect("committees:slip", code=code, number=number, slip=voters[0].slip)
        if not voters:
            form.add_error("find", _("没有这个票号或房号。请核对纸质票。"))
    context = {
        "meeting": meeting,
        "compound": meeting.compound,
        "form": form,
        "voters": voters,
        "tally": steering.slips_keyed(meeting),
    }
    return render(request, "committees/slip_find.html", context)


@asks(permissions.may_key_slips)
@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def slip(request: HttpRequest, code: str, number: str, slip: int) -> HttpResponse:
    meeting = meeting_for(request, code, number, permissions.may_key_slips)
    voter = get_object_or_404(Voter, compound_id=meeting.compound_id, meeting=meeting, slip=slip)
    if not meeting.manifest:
        messages.error(request, _("投票尚未开始，不能录入纸质票。"))
        return redirect("committees:console", code=code, number=number)
    matters = read_manifest(meeting.manifest.encode()).meeting.matters
    form = BallotForm(request.POST or None, matters=matters, request=new_key(), on_paper=True)
    if request.method == "POST" and form.is_valid():
        sent = actions.Slip(
            voter, form.choices(), form.cleaned_data["request"], Ballot.Channel.PAPER
        )
        try:
            actions.cast_ballot(meeting, sent, at=timezone.now(), by=_user(request))
        except Refusal as refusal:
            form.add_error(None, " ".join(wording.refusal(refusal)))
        else:
            messages.success(request, _("第 %s 号票已录入。") % slip)
            return redirect("committees:slips", code=code, number=number)
    context = {
        "meeting": meeting,
        "compound": meeting.compound,
        "voter": voter,
        "form": form,
        "sheets": steering.ballot_sheets(meeting, form),
        "cast": pages.ballot_of(meeting, voter),
    }
    status = 422 if form.is_bound else 200
    return render(request, "committees/slip.html", context, status=status)
