"""The compound's own numbers: what its adopted rules say where the law leaves room."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from committees import permissions, queries
from committees.forms.meetings import OwnRuleForm
from portal.accounts.access import asks
from portal.rulebook.actions import RuleRefused, set_compound_rule
from portal.rulebook.queries import NoRule, rule_for

from .console import _user
from .loading import compound_for
from .rule_words import obstacle


@asks(permissions.may_anyone_read_own_rules)
@require_safe
def own_rules(request: HttpRequest, code: str) -> HttpResponse:
    compound = compound_for(request, code, permissions.may_anyone_read_own_rules)
    subjects = queries.settable_rules(compound, timezone.localdate())
    own = [rule for one in subjects for rule in one.rules if rule.set_by == "compound"]
    may_set = permissions.may_set_own_rules(request.user, compound)
    context = {"compound": compound, "subjects": subjects, "own": own, "may_set": may_set}
    return render(request, "committees/own_rules.html", context)


@asks(permissions.may_set_own_rules)
@login_required
@require_http_methods(["GET", "POST"])
def own_rule(request: HttpRequest, code: str, key: str) -> HttpResponse:
    compound = compound_for(request, code, permissions.may_set_own_rules)
    try:
        rule = rule_for(key, at_compound=compound, on=timezone.localdate())
    except NoRule:
        raise Http404 from None
    form = OwnRuleForm(
        request.POST if request.method == "POST" else None,
        initial={"value": rule.text, "clause": rule.clause},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            set_compound_rule(
                compound, key, said["value"], said["clause"], by=_user(request), at=timezone.now()
            )
        except RuleRefused as refusal:
            for one in refusal.obstacles:
                form.add_error(*obstacle(one))
        else:
            messages.success(request, _("已记录，今天起生效。"))
            return redirect("committees:own-rules", code=code)
    context = {"compound": compound, "rule": rule, "form": form}
    status = 422 if form.errors else 200
    return render(request, "committees/own_rule.html", context, status=status)
