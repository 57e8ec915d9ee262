"""Open a campaign, see what blocks its next stage, take it there, post results, name."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.access import asks
from portal.campaigns import actions, permissions
from portal.campaigns.actions.refusals import AlreadyOpen, Refusal
from portal.campaigns.forms import CampaignForm, DaysForm
from portal.campaigns.models import Campaign
from portal.campaigns.queries import pages, steering
from portal.campaigns.queries.standards import standard_choices, standard_in

from . import wording
from .loading import campaign_to_steer, county_for, user_id
from .public import stages_of


@asks(permissions.may_open)
@login_required
@require_http_methods(["GET", "POST"])
def new_campaign(request: HttpRequest, region: str) -> HttpResponse:
    county = county_for(request, region)
    today = timezone.localdate()
    usual = {"year": today.year, "name": _("%s年美丽小区评选") % today.year}
    form = CampaignForm(
        request.POST or None, standards=standard_choices(), today=today, initial=usual
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_campaign(
                county, form.plan(), by=user_id(request), at=timezone.now()
            )
        except AlreadyOpen:
            form.add_error("name", _("本年度已经有同名的评选。请换一个名称。"))
        else:
            messages.success(request, _("评选已开始，小区可以申报。"))
            return redirect("campaigns:manage", code=made.code)
    status = 422 if form.is_bound else 200
    context = {"county": county, "form": form}
    return render(request, "campaigns/new_campaign.html", context, status=status)


@asks(permissions.may_steer)
@login_required
@require_safe
def manage(request: HttpRequest, code: str) -> HttpResponse:
    return _show(request, campaign_to_steer(request, code))


@asks(permissions.may_steer)
@login_required
@require_POST
def advance(request: HttpRequest, code: str, stage: str) -> HttpResponse:
    """Close a stage of entry or scoring and begin the next."""
    campaign = campaign_to_steer(request, code)

    def step() -> None:
        actions.advance(campaign, stage, by=user_id(request), at=timezone.now())

    return _take(request, campaign, step, _("已进入下一阶段。"))


@asks(permissions.may_steer)
@login_required
@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    campaign = campaign_to_steer(request, code)
    form = _days_form(campaign, request)
    if not form.is_valid():
        return _show(request, campaign, form=form, status=422)

    def step() -> None:
        actions.publish_results(
            campaign, days=form.cleaned_data["days"], by=user_id(request), at=timezone.now()
        )

    return _take(request, campaign, step, _("结果已进入公示。"))


@asks(permissions.may_steer)
@login_required
@require_POST
def award(request: HttpRequest, code: str) -> HttpResponse:
    campaign = campaign_to_steer(request, code)

    def step() -> None:
        actions.award(campaign, by=user_id(request), at=timezone.now())

    return _take(request, campaign, step, _("命名已完成。"))


def _take(
    request: HttpRequest, campaign: Campaign, step: Callable[[], None], done: str
) -> HttpResponse:
    """Take a step; refused, the console says every reason."""
    try:
        step()
    except Refusal as refusal:
        for sentence in wording.refusal(refusal, standard_in(campaign)):
            messages.error(request, sentence)
    else:
        messages.success(request, done)
    return redirect("campaigns:manage", code=campaign.code)


def _show(
    request: HttpRequest, campaign: Campaign, *, form: DaysForm | None = None, status: int = 200
) -> HttpResponse:
    at = timezone.now()
    context = {
        "campaign": campaign,
        "stages": stages_of(campaign),
        "next_stage": steering.next_stage(campaign),
        "blocked": [wording.obstacle(one) for one in steering.obstacles(campaign, at)],
        "form": form or _days_form(campaign),
        "lines": pages.entry_lines(campaign, at),
    }
    return render(request, "campaigns/manage.html", context, status=status)


def _days_form(campaign: Campaign, request: HttpRequest | None = None) -> DaysForm:
    least, most = steering.publicity_days(campaign, timezone.now())
    data = request.POST if request else None
    return DaysForm(data, least=int(least.value), most=int(most.value))
