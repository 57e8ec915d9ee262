"""Pages of offices: who holds which, giving and ending them; and the editors' door."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.firms.models import Firm
from portal.places.models import Compound, Region

from . import actions, permissions, queries
from .access import SignedInRequest, asks, refuse_unless
from .actions import Reason
from .forms.offices import AppointmentForm, CompoundAppointmentForm, EndOfficeForm
from .gate import Turned, asked_of_another
from .models import CompoundOffice, RegionOffice, User

PAGE = 50
WORDS = {
    Reason.ONESELF: gettext_lazy("不能任命自己，请由其他有权人员办理。"),
    Reason.INACTIVE: gettext_lazy("该账户已停用。"),
    Reason.ENDS_FIRST: gettext_lazy("任职止不能早于任职起。"),
    Reason.HELD_ALREADY: gettext_lazy("该人员在这段时间已担任此职务。"),
    Reason.NO_FIRM: gettext_lazy("请选择物业企业。"),
    Reason.FIRM_NOT_ASKED: gettext_lazy("此职务不属于物业企业，请不要选择物业企业。"),
    Reason.NO_CONTRACT: gettext_lazy("该物业企业在任职起日没有本小区的有效服务合同。"),
    Reason.WRONG_LEVEL: gettext_lazy("此职务不设在这一级区域。"),
}


@asks(permissions.may_anyone_enter)
def editors_door(_request: HttpRequest) -> HttpResponse:
    """Wagtail's own sign-in knows neither limits nor a second factor: lead to ours."""
    return redirect_to_login("/admin/")


@asks(permissions.may_anyone_enter)
def readers_door(_request: HttpRequest) -> HttpResponse:
    """Wagtail's sign-in for pages that are not public: lead to ours."""
    return redirect_to_login("/")


@asks(permissions.may_see_some_offices)
@require_safe
@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """Where the reader may see or give offices."""
    refuse_unless(permissions.may_see_some_offices(request.user))
    compounds = queries.compounds_seen(request.user, permissions.READERS, timezone.localdate())
    regions = queries.regions_seen(request.user, permissions.STAFFING, timezone.localdate())
    page = Paginator(compounds, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "regions": regions, "may_invite": permissions.may_invite(request.user)}
    return render(request, "accounts/home.html", context)


@asks(permissions.may_see_offices)
@require_safe
@login_required
def offices(request: SignedInRequest, code: str) -> HttpResponse:
    """Who holds which office in a compound, from when to when."""
    compound = _compound_for(request, code, permissions.may_see_offices)
    listed = [
        (office, permissions.may_appoint(request.user, compound, office.role, office.firm_id))
        for office in queries.offices_in(compound)
    ]
    context = {
        "compound": compound,
        "today": timezone.localdate(),
        "listed": listed,
        "may_appoint": permissions.may_appoint_somebody(request.user, compound),
    }
    return render(request, "accounts/offices.html", context)


@asks(permissions.may_appoint_somebody, permissions.may_appoint)
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def appoint(request: SignedInRequest, code: str) -> HttpResponse:
    """Give somebody an office in a compound."""
    compound = _compound_for(request, code, permissions.may_appoint_somebody)
    today = timezone.localdate()
    form = CompoundAppointmentForm(
        request.POST or None,
        initial={"since": today},
        roles=permissions.roles_to_give(request.user, compound),
        firms=_firms_for(request, compound),
    )
    if request.method == "POST" and form.is_valid():
        wanted = form.appointment()
        firm = wanted.firm.pk if wanted.firm else None
        refuse_unless(permissions.may_appoint(request.user, compound, wanted.role, firm))
        try:
            asked = asked_of_another(compound, wanted, by=request.user, at=timezone.now())
            if asked is None:
                actions.appoint(compound, wanted, by=request.user, at=timezone.now())
        except (actions.Unfit, Turned) as refusal:
            _tell(form, refusal)
        else:
            return _appointed(request, asked, ("accounts:offices", code))
    return render(request, "accounts/appoint.html", {"form": form, "place": compound})


@asks(permissions.may_appoint)
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def end_office(request: SignedInRequest, code: str, pk: UUID) -> HttpResponse:
    """Set the last day of an office in a compound."""
    office = get_object_or_404(
        CompoundOffice.objects.select_related("compound__region", "user"),
        pk=pk,
        compound__code=code,
    )
    refuse_unless(
        permissions.may_appoint(request.user, office.compound, office.role, office.firm_id)
    )
    return _end(request, office, office.compound, ("accounts:offices", code))


@asks(permissions.may_see_region_offices)
@require_safe
@login_required
def region_offices(request: SignedInRequest, code: str) -> HttpResponse:
    """Who holds which office over a region and below it."""
    region = _region_for(request, code, permissions.may_see_region_offices)
    page = Paginator(queries.offices_over(region), PAGE).get_page(request.GET.get("page"))
    context = {
        "region": region,
        "page": page,
        "listed": [
            (office, permissions.may_appoint_over(request.user, office.region, office.role))
            for office in page
        ],
        "below": region.children.order_by("code"),
        "today": timezone.localdate(),
    }
    return render(request, "accounts/region_offices.html", context)


@asks(permissions.may_see_region_offices, permissions.may_appoint_over)
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def appoint_over(request: SignedInRequest, code: str) -> HttpResponse:
    """Give somebody an office over a region."""
    region = _region_for(request, code, permissions.may_see_region_offices)
    form = AppointmentForm(
        request.POST or None,
        initial={"since": timezone.localdate()},
        roles=permissions.roles_to_give_over(request.user, region),
    )
    if request.method == "POST" and form.is_valid():
        wanted = form.appointment()
        refuse_unless(permissions.may_appoint_over(request.user, region, wanted.role))
        try:
            asked = asked_of_another(region, wanted, by=request.user, at=timezone.now())
            if asked is None:
                actions.appoint_over(region, wanted, by=request.user, at=timezone.now())
        except (actions.Unfit, Turned) as refusal:
            _tell(form, refusal)
        else:
            return _appointed(request, asked, ("accounts:region-offices", code))
    return render(request, "accounts/appoint.html", {"form": form, "place": region})


@asks(permissions.may_appoint_over)
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def end_region_office(request: SignedInRequest, code: str, pk: UUID) -> HttpResponse:
    """Set the last day of an office over a region."""
    office = get_object_or_404(
        RegionOffice.objects.select_related("region", "user"), pk=pk, region__code=code
    )
    refuse_unless(permissions.may_appoint_over(request.user, office.region, office.role))
    return _end(request, office, office.region, ("accounts:region-offices", code))


def _end(
    request: SignedInRequest,
    office: CompoundOffice | RegionOffice,
    place: Compound | Region,
    then: tuple[str, str],
) -> HttpResponse:
    form = EndOfficeForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            _end_as_asked(office, form, by=request.user)
        except actions.EndsTooEarly:
            form.add_error("on", _("最后一日不能早于任职起。"))
        except actions.EndedAlready:
            form.add_error("on", _("此职务在这一日之前已经结束。"))
        else:
            messages.success(request, _("已登记离任。"))
            return redirect(*then)
    context = {"form": form, "office": office, "place": place}
    return render(request, "accounts/end_office.html", context)


def _end_as_asked(office: CompoundOffice | RegionOffice, form: EndOfficeForm, *, by: User) -> None:
    if form.cleaned_data["at_once"]:
        actions.end_at_once(office, today=timezone.localdate(), by=by, at=timezone.now())
    else:
        actions.end_office(office, on=form.cleaned_data["on"], by=by, at=timezone.now())


def _appointed(request: SignedInRequest, asked: str | None, then: tuple[str, str]) -> HttpResponse:
    """On to the request where another must agree, else back to the list."""
    if asked is not None:
        messages.success(request, _("已提出申请，另一人同意后即任命。"))
        return redirect(asked)
    messages.success(request, _("已任命。"))
    return redirect(*then)


def _compound_for(request: SignedInRequest, code: str, may: Callable[..., bool]) -> Compound:
    compound = get_object_or_404(Compound.objects.select_related("region"), code=code)
    refuse_unless(may(request.user, compound))
    return compound


def _region_for(request: SignedInRequest, code: str, may: Callable[..., bool]) -> Region:
    region = get_object_or_404(Region, code=code)
    refuse_unless(may(request.user, region))
    return region


def _firms_for(request: SignedInRequest, compound: Compound) -> QuerySet[Firm]:
    """The firms under contract there; for a firm's manager, that firm only."""
    firms = queries.firms_under_contract(compound, timezone.localdate())
    if permissions.may_supervise(request.user, compound):
        return firms
    return firms.filter(pk__in=permissions.firms_managed(request.user, compound))


def _tell(form: AppointmentForm, refusal: actions.Unfit | Turned) -> None:
    if isinstance(refusal, Turned):
        sentences = refusal.sentences
    else:
        sentences = [str(WORDS[reason]) for reason in refusal.reasons]
    for sentence in sentences:
        form.add_error(None, sentence)
