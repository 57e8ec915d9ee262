"""The committee: its terms and who sits; a term taken over from paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees import actions, permissions
from committees.actions.refusals import Refusal
from committees.forms.committee import PaperTermForm, Seats, seat_rows
from committees.models import Term
from committees.queries import committee as queries
from portal.accounts.access import asks
from portal.places.models import Compound

from . import wording
from .console import _user
from .loading import compound_for

SHOWN = 7  # rows of seats at once, the others below a fold


@asks(permissions.may_anyone_read_committee)
@require_safe
def committee(request: HttpRequest, code: str) -> HttpResponse:
    """Its terms, the newest first, who sits in each and in which post."""
    compound = compound_for(request, code, permissions.may_anyone_read_committee)
    terms = queries.terms_of(compound, timezone.localdate())
    may_take_over = permissions.may_take_over_term(request.user, compound)
    is_paper = len(terms) == 1 and terms[0].term.meeting is None
    context = {
        "compound": compound,
        "terms": terms,
        "may_take_over": may_take_over,
        "may_undo": may_take_over and is_paper and not terms[0].chosen,
        "may_record": permissions.may_record_posts(request.user, compound),
        "may_leave": permissions.may_record_leaves(request.user, compound),
    }
    return render(request, "committees/committee.html", context)


@asks(permissions.may_take_over_term)
@login_required
@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest, code: str) -> HttpResponse:
    """Enter the term that runs, as its filing has it, where none was elected here."""
    compound = compound_for(request, code, permissions.may_take_over_term)
    data = request.POST if request.method == "POST" else None
    form = PaperTermForm(data, today=timezone.localdate())
    seats = seat_rows(data, compound)
    are_valid = data is not None and all([form.is_valid(), seats.is_valid()])
    if are_valid and _taken_over(request, compound, form, seats):
        messages.success(request, _("任期已补录，小区页已更新。"))
        return redirect("committees:committee", code=code)
    return render(
        request,
        "committees/take_over.html",
        _page(compound, form, seats),
        status=200 if data is None else 422,
    )


@asks(permissions.may_take_over_term)
@login_required
@require_POST
def undo(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Take the wrongly entered term out again."""
    compound = compound_for(request, code, permissions.may_take_over_term)
    term = Term.objects.filter(compound=compound, pk=pk).first()
    try:
        if term is not None:  # else the button was pressed twice
            actions.undo_taking_over(term, by=_user(request), at=timezone.now())
    except Refusal as refusal:
        for sentence in wording.refusal(refusal):
            messages.error(request, sentence)
    else:
        messages.success(request, _("补录已撤销，可以重新补录。"))
    return redirect("committees:committee", code=code)


def _taken_over(
    request: HttpRequest, compound: Compound, form: PaperTermForm, seats: Seats
) -> bool:
    """Take the term over; False, and said, where that cannot be."""
    earlier = form.earlier_term(seats.seats())
    try:
        actions.take_over_term(compound, earlier, by=_user(request), at=timezone.now())
    except Refusal as refusal:
        for sentence in wording.paper_refusal(refusal):
            form.add_error(None, sentence)
        return False
    return True


def _page(compound: Compound, form: PaperTermForm, seats: Seats) -> dict[str, Any]:
    rows = seats.forms
    below = rows[SHOWN:]
    return {
        "compound": compound,
        "form": form,
        "seats": seats,
        "first": rows[:SHOWN],
        "below": below,
        "is_unfolded": any(one.has_changed() for one in below),
        "has_terms": queries.has_terms(compound),
    }
