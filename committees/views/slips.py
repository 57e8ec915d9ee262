"""Key a paper slip: find the voter, mark what the slip marks, keep it; void one that is wrong.

A slip is keyed as it was marked; a wrong mark takes part and supports nothing.  Once kept, what it
says is shown to nobody before the count.
"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committees import actions, permissions
from committees.actions.refusals import AlreadyVoided, Refusal
from committees.forms.ballots import BallotForm, SlipForm, VoidForm
from committees.models import Ballot, Meeting, Voter
from committees.queries import pages, slips, steering
from committees.rules.manifest import read_manifest
from portal.accounts.access import SignedInRequest, asks
from portal.approvals import actions as approvals
from portal.tools.keys import new_key

from . import wording
from .console import _user
from .loading import meeting_for

ROWS = 50
TO_BE_COUNTED = (Meeting.Stage.OPEN, Meeting.Stage.CLOSED)


@asks(permissions.may_key_slips)
@login_required
@require_safe
def find(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Find whose slip it is, by its number or by a room; and the slips keyed so far."""
    meeting = meeting_for(request, code, number, permissions.may_key_slips)
    form = SlipForm(request.GET or None)
    voters = []
    if form.is_bound and form.is_valid():
        voters = slips.voters_by(meeting, form.cleaned_data["find"])
        if len(voters) == 1:
            return redirect("committees:slip", code=code, number=number, slip=voters[0].slip)
        if not voters:
            form.add_error("find", _("没有这个票号或房号。请核对纸质票。"))
    page = Paginator(slips.keyed_slips(meeting), ROWS).get_page(request.GET.get("page"))
    names = slips.keyers_of(page)
    context = {
        "meeting": meeting,
        "compound": meeting.compound,
        "form": form,
        "voters": voters,
        "page": page,
        "keyed": [(one, names.get(one.keyed_by, "—")) for one in page],
        "voided": slips.voided_count(meeting),
        "may_void": _may_void(request, meeting),
    }
    return render(request, "committees/slip_find.html", context)


@asks(permissions.may_key_slips)
@login_required
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
        "may_void": _may_void(request, meeting),
    }
    status = 422 if form.is_bound else 200
    return render(request, "committees/slip.html", context, status=status)


@asks(permissions.may_void_slips)
@login_required
@require_http_methods(["GET", "POST"])
def void(request: SignedInRequest, code: str, number: str, ballot: UUID) -> HttpResponse:
    """Ask that a slip keyed wrongly or forged be void; its owner may then vote again."""
    meeting = meeting_for(request, code, number, permissions.may_void_slips)
    keyed = get_object_or_404(slips.keyed_slips(meeting), pk=ballot)
    form = VoidForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            asked = actions.ask_to_void(keyed, reason=reason, by=request.user, at=timezone.now())
        except AlreadyVoided as refusal:
            messages.info(request, *wording.refusal(refusal))
            return redirect("committees:slip", code=code, number=number, slip=keyed.voter.slip)
        except (Refusal, approvals.Refusal) as refusal:
            form.add_error(None, " ".join(wording.any_refusal(refusal)))
        else:
            messages.success(request, _("已提出申请，社区或街道同意后作废。"))
            return redirect(asked)
    context = {
        "meeting": meeting,
        "compound": meeting.compound,
        "keyed": keyed,
        "voided": next(iter(keyed.voided.all()), None),
        "asked": slips.voiding_asked(keyed, timezone.now()),
        "keyer": slips.keyers_of([keyed]).get(keyed.keyed_by, "—") if keyed.keyed_by else "—",
        "form": form,
        "is_to_be_counted": meeting.stage in TO_BE_COUNTED,
    }
    status = 422 if form.is_bound else 200
    return render(request, "committees/void_slip.html", context, status=status)


def _may_void(request: HttpRequest, meeting: Meeting) -> bool:
    may = permissions.may_void_slips(request.user, meeting.compound)
    return may and meeting.stage in TO_BE_COUNTED
