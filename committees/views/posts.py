"""Chair and vice chairs: whom the members chose among themselves."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committees import actions, permissions
from committees.actions.refusals import PostsUnfit
from committees.forms.committee import PostsForm
from committees.queries import committee as queries
from committees.queries.committee import Seated, State, TermFacts
from committees.rules.roster import PostsFault
from portal.accounts.access import asks
from portal.places.models import Compound
from portal.rulebook.queries import rules_for
from portal.tools.ui.words import day_words

from .console import _user
from .loading import compound_for

Post = queries.Post
FIRST_MEETING = "committee.first-meeting.days"


@asks(permissions.may_record_posts)
@login_required
@require_http_methods(["GET", "POST"])
def posts(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put down a choice; the page begins with the posts as they are."""
    compound = compound_for(request, code, permissions.may_record_posts)
    today = timezone.localdate()
    facts = _term_for(compound, number, today)
    seats = [one for one in facts.seated if one.post != Post.ALTERNATE]
    data = request.POST if request.method == "POST" else None
    form = PostsForm(seats, data, initial=_as_they_are(seats))
    if form.is_bound and form.is_valid() and _chosen(request, facts, form):
        messages.success(request, _("职务已记录，小区页已更新。"))
        return redirect("committees:committee", code=code)
    context = {
        "compound": compound,
        "facts": facts,
        "form": form,
        "rule": rules_for([FIRST_MEETING], at_compound=compound, on=today).get(FIRST_MEETING),
    }
    return render(request, "committees/posts.html", context, status=422 if form.is_bound else 200)


def _term_for(compound: Compound, number: int, today: date) -> TermFacts:
    """The term of this number, while nobody has followed it."""
    for facts in queries.terms_of(compound, today):
        if facts.term.number == number and facts.state is not State.FOLLOWED:
            return facts
    raise Http404


def _as_they_are(seats: list[Seated]) -> dict[str, Any]:
    held: dict[Post, list[str]] = {post: [] for post in Post}
    for one in seats:
        held[one.post].append(str(one.member.pk))
    return {"chair": (held[Post.CHAIR] or [""])[0], "vices": held[Post.VICE]}


def _chosen(request: HttpRequest, facts: TermFacts, form: PostsForm) -> bool:
    """Put the choice down; False, and said, where it cannot be."""
    try:
        actions.choose_posts(facts.term, form.posts(), by=_user(request), at=timezone.now())
    except PostsUnfit as refusal:
        for fault in refusal.faults:
            form.add_error(*_words(fault, refusal))
        return False
    return True


def _words(fault: PostsFault, refusal: PostsUnfit) -> tuple[str, str]:
    """The field and what is wrong with it."""
    match fault:
        case PostsFault.CHAIR_IS_VICE:
            return "vices", _("主任不能同时是副主任。")
        case PostsFault.NOT_SEATED:
            return "since", _("所选的人在这一天不都是委员。请核对日期。")
        case PostsFault.BEFORE_THE_TERM:
            return "since", _("这一届从 %s 开始。") % day_words(refusal.first_on)
        case PostsFault.AFTER_THE_TERM:
            return "since", _("这一届到 %s 为止。") % day_words(refusal.last_on)
