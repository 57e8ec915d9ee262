"""The county's page and the lists behind its numbers, as pages and as Excel files."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.access import Hidden, asks, hide_unless, refuse_unless
from portal.accounts.permissions import AUTHORITIES
from portal.accounts.queries import regions_seen
from portal.oversight import permissions
from portal.oversight.documents import county as documents
from portal.oversight.documents.links import address
from portal.oversight.documents.listing import NoSuchRows
from portal.oversight.documents.listings import LISTINGS
from portal.oversight.documents.table import Table
from portal.oversight.forms import DayForm
from portal.oversight.queries.county import compound_rows
from portal.oversight.queries.fire import with_fire
from portal.oversight.queries.late import late_entries
from portal.oversight.queries.scope import (
    Scope,
    children_of,
    compound_in,
    region_coded,
    scope_on,
)
from portal.places.models import Region
from portal.tools.printing.workbook import download, workbook
from portal.tools.ui.words import day_words

ROWS, NUL = 100, "\x00"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of, the form of its day, and the asker's regions by name.

    A day that cannot be asked for is told on the page, also to who wanted Excel.
    """

    scope: Scope
    form: DayForm
    regions: list[Region]
    takes_home: bool

    @property
    def status(self) -> int:
        return 200 if self.form.is_valid() else 422

    @property
    def wants_excel(self) -> bool:
        return self.takes_home and self.form.is_valid()


@asks(permissions.may_oversee, permissions.may_oversee_region)
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    rows = with_fire(compound_rows(asked.scope), asked.scope)
    shown = documents.overview(asked.scope, rows, children_of(asked.scope.region))
    if asked.wants_excel:
        return _excel(asked.scope, shown.tables)
    context = _context(request, asked) | {"overview": shown}
    return render(request, "oversight/county.html", context, status=asked.status)


@asks(permissions.may_oversee, permissions.may_oversee_region)
@login_required
@require_safe
def listing(request: HttpRequest, name: str) -> HttpResponse:
    """The rows behind a number: all of them to Excel, a hundred to a page."""
    asked = _asked(request, compound=request.GET.get("compound", ""))
    show = request.GET.get("show", "")
    try:
        found = LISTINGS[name](asked.scope, compound_rows(asked.scope), show)
    except NoSuchRows as unknown:
        raise Http404 from unknown
    if asked.wants_excel:
        return _excel(asked.scope, [found.table])
    page = Paginator(found.table.rows, ROWS).get_page(request.GET.get("page"))
    context = _context(request, asked) | {
        "listing": found,
        "page": page,
        "lines": found.table.lines(list(page.object_list)),
        "show": show,
    }
    return render(request, "oversight/county_list.html", context, status=asked.status)


def _asked(request: HttpRequest, *, compound: str = "") -> Asked:
    """Load and permit: an officer's own region unless the address names one inside it; of a list
    one compound may be asked for by its code."""
    user = request.user
    refuse_unless(permissions.may_oversee(user))
    now = timezone.now()
    today = timezone.localdate(now)
    own = list(regions_seen(user, AUTHORITIES, today))
    code = request.GET.get("in") or own[0].code
    if NUL in code + compound:  # the database would not even be asked for it
        raise Hidden
    region = region_coded(code)
    if region is None:
        raise Hidden
    hide_unless(permissions.may_oversee_region(user, region))
    only = compound_in(region, compound) if compound else None
    hide_unless(only is not None or not compound)
    days = {name: request.GET.get(name) or today for name in ("on", "known")}
    form = DayForm(days, today=today)
    told = form.cleaned_data if form.is_valid() else {"on": today, "known": today}
    scope = scope_on(region, told["on"], now, only, known_on=told["known"])
    return Asked(scope, form, own, request.GET.get("as") == "xlsx")


def _context(request: HttpRequest, asked: Asked) -> dict[str, object]:
    return {
        "scope": asked.scope,
        "form": asked.form,
        "crumbs": _crumbs(request, asked.scope),
        "own": [(one, address(asked.scope, region=one.code)) for one in asked.regions],
        "excel": _asking(request, "as", "xlsx"),
        "late": late_entries(asked.scope),
        "as_known_then": _asking(request, "known", asked.scope.on.isoformat()),
    }


def _asking(request: HttpRequest, name: str, value: str) -> str:
    """The address of this page, from its first rows, with one thing asked otherwise."""
    query = request.GET.copy()
    query[name] = value
    query.pop("page", None)
    return f"?{query.urlencode()}"


def _crumbs(request: HttpRequest, scope: Scope) -> list[tuple[str, str]]:
    """The regions from the asker's own down to the one asked about."""
    above: list[tuple[str, str]] = []
    region: Region | None = scope.region
    while region is not None and permissions.may_oversee_region(request.user, region):
        above.insert(0, (region.name, address(scope, region=region.code)))
        region = region.parent
    return above


def _excel(scope: Scope, tables: Sequence[Table]) -> HttpResponse:
    heading = _("%(place)s，截至%(day)s，已知至%(known)s") % {
        "place": scope.words,
        "day": day_words(scope.on),
        "known": day_words(scope.known_on),
    }
    made = workbook(table.sheet(f"{heading}：{table.title}") for table in tables)
    file = f"{scope.words}-{tables[0].title}-{scope.on.isoformat()}.xlsx"
    return download(made, file)
