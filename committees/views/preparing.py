"""Prepare a meeting: begin it, put matters to it, nominate."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from committees import actions, permissions, queries
from committees.actions.refusals import CommitteeElectedAlready, NotAnOwner, Refusal
from committees.forms.meetings import DecisionForm, ElectionForm, MeetingForm, NominationForm
from committees.models import Candidate, Matter, Meeting
from committees.queries import steering
from portal.accounts.access import asks

from . import wording
from .console import _user
from .loading import compound_for, meeting_for


@asks(permissions.may_run)
@login_required
@require_http_methods(["GET", "POST"])
def new_meeting(request: HttpRequest, code: str) -> HttpResponse:
    compound = compound_for(request, code, permissions.may_run)
    now = timezone.now()
    form = MeetingForm(request.POST or None, initial=steering.usual_times(compound, now), now=now)
    if request.method == "POST" and form.is_valid():
        made = actions.prepare_meeting(compound, form.plan(), by=_user(request), at=now)
        return redirect("committees:console", code=code, number=made.number)
    status = 422 if form.is_bound else 200
    context = {"compound": compound, "form": form}
    return render(request, "committees/new_meeting.html", context, status=status)


@asks(permissions.may_run)
@login_required
@require_http_methods(["GET", "POST"])
def change_meeting(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Mend a meeting's name and times, or take it away again, before it is announced."""
    meeting = meeting_for(request, code, number, permissions.may_run)
    now = timezone.now()
    names = ("title", "kind", "opens_at", "closes_at")
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(meeting, name) for name in names},
        now=now,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_meeting(meeting, form.plan(), by=_user(request), at=now)
        except Refusal as refusal:
            form.add_error(None, " ".join(wording.refusal(refusal)))
        else:
            messages.success(request, _("会议已修改。"))
            return redirect("committees:console", code=code, number=number)
    context = {"meeting": meeting, "compound": meeting.compound, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "committees/change_meeting.html", context, status=status)


@asks(permissions.may_run)
@login_required
@require_POST
def discard_meeting(request: HttpRequest, code: str, number: str) -> HttpResponse:
    compound = compound_for(request, code, permissions.may_run)
    meeting = Meeting.objects.filter(compound=compound, number=number).first()
    try:
        if meeting is not None:  # else the button was pressed twice
            actions.discard_meeting(meeting, by=_user(request), at=timezone.now())
    except Refusal as refusal:
        for sentence in wording.refusal(refusal):
            messages.error(request, sentence)
        return redirect("committees:console", code=code, number=number)
    messages.success(request, _("会议 %s 已取消筹备。") % number)
    return redirect("committees:meetings", code=code)


@asks(permissions.may_run)
@login_required
@require_http_methods(["GET", "POST"])
def new_matter(request: HttpRequest, code: str, number: str, kind: str) -> HttpResponse:
    meeting = meeting_for(request, code, number, permissions.may_run)
    form: DecisionForm | ElectionForm
    if kind == Matter.Kind.DECISION:
        form = DecisionForm(
            request.POST or None, scopes=steering.scopes(meeting.compound, on=timezone.localdate())
        )
    else:
        size = queries.committee_size(meeting.compound, timezone.now())
        form = ElectionForm(request.POST or None, size=size)
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_matter(meeting, form.plan(), by=_user(request), at=timezone.now())
        except Refusal as refusal:
            where = "elects" if isinstance(refusal, CommitteeElectedAlready) else None
            form.add_error(where, " ".join(wording.refusal(refusal)))
        else:
            messages.success(request, _("事项已添加。"))
            return redirect("committees:console", code=code, number=number)
    context = {"meeting": meeting, "compound": meeting.compound, "form": form, "kind": kind}
    status = 422 if form.is_bound else 200
    return render(request, "committees/new_matter.html", context, status=status)


@asks(permissions.may_run)
@login_required
@require_POST
def drop_matter(request: HttpRequest, code: str, number: str, position: int) -> HttpResponse:
    meeting = meeting_for(request, code, number, permissions.may_run)
    rows = Matter.objects.filter(compound_id=meeting.compound_id, meeting=meeting)
    matter = rows.filter(position=position).first()
    try:
        if matter is not None:  # else the button was pressed twice
            actions.drop_matter(matter, by=_user(request), at=timezone.now())
    except Refusal as refusal:
        for sentence in wording.refusal(refusal):
            messages.error(request, sentence)
    return redirect("committees:console", code=code, number=number)


@asks(permissions.may_run)
@login_required
@require_http_methods(["GET", "POST"])
def nominate(request: HttpRequest, code: str, number: str, position: int) -> HttpResponse:
    meeting, matter = _election_for(request, code, number, position)
    form = NominationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        owner = steering.owner_in_room(meeting, fields.pop("room"), fields.pop("name"))
        try:
            if owner is None:
                raise NotAnOwner
            nomination = actions.Nomination(owner=owner, **fields)
            actions.nominate(matter, nomination, by=_user(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error("name", " ".join(wording.refusal(refusal)))
        else:
            messages.success(request, _("提名已登记。"))
            return redirect("committees:nominate", code=code, number=number, position=position)
    context = {
        "meeting": meeting,
        "compound": meeting.compound,
        "matter": matter,
        "form": form,
        "share": steering.candidates_share(meeting, matter),
        "candidates": Candidate.objects.filter(
            compound_id=meeting.compound_id, matter=matter
        ).order_by("position"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "committees/nominate.html", context, status=status)


@asks(permissions.may_run)
@login_required
@require_POST
def withdraw(
    request: HttpRequest, code: str, number: str, position: int, candidate: int
) -> HttpResponse:
    meeting, matter = _election_for(request, code, number, position)
    chosen = get_object_or_404(
        Candidate, compound_id=meeting.compound_id, matter=matter, position=candidate
    )
    try:
        actions.withdraw(chosen, by=_user(request), at=timezone.now())
    except Refusal as refusal:
        for sentence in wording.refusal(refusal):
            messages.error(request, sentence)
    return redirect("committees:nominate", code=code, number=number, position=position)


def _election_for(
    request: HttpRequest, code: str, number: str, position: int
) -> tuple[Meeting, Matter]:
    meeting = meeting_for(request, code, number, permissions.may_run)
    matter = get_object_or_404(
        Matter,
        compound_id=meeting.compound_id,
        meeting=meeting,
        position=position,
        kind=Matter.Kind.ELECTION,
    )
    return meeting, matter
