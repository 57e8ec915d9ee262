"""What everybody reads: a compound's meetings, one meeting, the check of a receipt."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from committees import documents, permissions, queries
from committees.forms.ballots import ReceiptForm
from committees.queries import pages
from portal.accounts.access import asks

from . import wording
from .loading import compound_for, readable_meeting


@asks(permissions.may_anyone_read_meetings)
@require_safe
def meetings(request: HttpRequest, code: str) -> HttpResponse:
    compound = compound_for(request, code, permissions.may_anyone_read_meetings)
    may_watch = permissions.may_watch(request.user, compound)
    context = {
        "compound": compound,
        "meetings": pages.meetings_of(compound, with_hidden=may_watch),
        "may_run": permissions.may_run(request.user, compound),
    }
    return render(request, "committees/meetings.html", context)


@asks(permissions.may_read_meeting)
@require_safe
def meeting(request: HttpRequest, code: str, number: str) -> HttpResponse:
    chosen = readable_meeting(request, code, number, permissions.may_read_meeting)
    user = request.user
    voters = queries.voters_of(chosen, user.pk) if user.is_authenticated else []
    ledger = pages.ledger_state(chosen)
    context = {
        "meeting": chosen,
        "compound": chosen.compound,
        "matters": pages.matters_of(chosen),
        "turnout": documents.turnout_lines(chosen, ledger),
        "stages": pages.stages(),
        "publicities": pages.publicities_of(chosen),
        "result": documents.counted_of(chosen),
        "ballots": pages.ballots_to_cast(voters),
        "may_watch": permissions.may_watch(user, chosen.compound),
        "called_off": pages.called_off(chosen),
        "waivers": wording.waived(pages.waivers_of(chosen)),
        "voided": ledger.voided if chosen.manifest else None,
    }
    return render(request, "committees/meeting.html", context)


@asks(permissions.may_anyone_check_a_receipt)
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Is this receipt in the ledger?  It shows no choice, so anybody may look.

    It is sent in the body: an address is kept by proxies, histories and logs.
    """
    chosen = readable_meeting(request, code, number, permissions.may_read_meeting)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    found, status = None, HTTPStatus.OK
    if form.is_bound and form.is_valid():
        found = pages.find_receipt(chosen, form.cleaned_data["seal"])
    elif form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"meeting": chosen, "compound": chosen.compound, "form": form, "found": found}
    return render(request, "committees/receipt_check.html", context, status=status)
