"""A file of the roll: look what it would do, take it in, get back the rows to mend."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.access import asks, refuse_unless
from portal.accounts.models import User
from portal.places.models import Compound
from portal.tools.frontdoor.bodies import takes
from portal.tools.printing.workbook import download
from portal.tools.sheets.sheet import Limits

from .. import actions, permissions, queries, wording
from ..forms import RollFileForm
from ..models import RollImport, RollUpload
from ..running import is_in_use

LIMITS = Limits(memory_bytes=2_000_000_000, seconds=20)  # within a request's own time
AGAIN_AFTER = 3  # seconds until the page of a running import is asked for again
SHOWN = 1000  # faults on the page; all of them are in the file


@asks(permissions.may_import_roll)
@login_required
@require_http_methods(["GET", "POST"])
@takes(31)
def import_roll(request: HttpRequest, code: str) -> HttpResponse:
    """Look what a file would do, with every bad row and its reason."""
    compound = _compound_for_import(request, code)
    form = RollFileForm(request.POST or None, request.FILES or None)
    context = {"compound": compound, "form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            context |= _looked_at(request, compound, file.read(), file.name)
        except actions.RollNotReadable as refusal:
            form.add_error("file", str(refusal))
    if "report" not in context:
        context["kept_days"] = actions.KEPT.days
        context["left_over"] = _uploads(request, compound).filter(is_left_over=True).first()
    status = 422 if form.errors else 200
    return render(request, "owners/import.html", context, status=status)


def _looked_at(request: HttpRequest, compound: Compound, data: bytes, name: str) -> dict[str, Any]:
    """What the file would do, now that it waits to be taken in.  Refuses RollNotReadable."""
    checked = actions.check_roll(compound, data, limits=LIMITS)
    judged = checked.judged
    by = _asker(request).pk
    upload = actions.stage_roll(
        compound, data, file_name=name, seen=checked.seen, by=by, at=timezone.now()
    )
    report = judged.as_json()
    changes = queries.part_changes(compound, judged)
    return {
        "report": report,
        "counting": queries.counting_of(compound, on=timezone.localdate()),
        "bad": report["bad"][:SHOWN],
        "upload": upload,
        "good": report["rows"]["new"] + report["rows"]["changed"],
        "changes": [wording.change(one) for one in changes],
    }


@asks(permissions.may_import_roll)
@login_required
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, code: str, upload: UUID) -> HttpResponse:
    """Send the file in that was looked at, once; then how far it is, and what came of it."""
    compound = _compound_for_import(request, code)
    staged = _uploads(request, compound).filter(pk=upload, is_left_over=False).first()
    imports = RollImport.objects.filter(compound=compound, upload=upload, by=_asker(request).pk)
    done = None if staged else imports.first()
    if request.method == "POST" and staged is not None:
        actions.send_in(staged)
    if request.method == "POST" and (staged or done):
        return redirect("owners:take-in", code=code, upload=upload)
    if request.method == "POST":
        messages.info(request, _("这个文件已经导入过，或已换成另一个文件。"))
        return redirect("owners:roll", code=code)
    if staged is None and done is None:
        raise Http404
    steps = [(step.value, step.label) for step in RollUpload.UNDER_WAY]
    context = {"compound": compound, "upload": staged, "done": done, "steps": steps}
    context["keeps_phones"] = is_in_use(compound.pk)
    answer = render(request, "owners/taking_in.html", context)
    if staged is not None and staged.is_under_way:
        answer["Refresh"] = str(AGAIN_AFTER)
    return answer


@asks(permissions.may_import_roll)
@login_required
@require_safe
def left_over(request: HttpRequest, code: str, upload: UUID) -> HttpResponse:
    """The rows of the asker's own file that were not taken in, to be mended."""
    compound = _compound_for_import(request, code)
    staged = get_object_or_404(_uploads(request, compound).select_related("compound"), pk=upload)
    name = staged.file_name.rsplit(".", 1)[0]
    try:
        made = actions.left_over_of(staged)
    except actions.RollNotReadable:  # a reader that has become stricter since
        raise Http404 from None
    return download(made, _("待改正-%s.xlsx") % name)


def _compound_for_import(request: HttpRequest, code: str) -> Compound:
    compound = get_object_or_404(Compound.objects.select_related("region"), code=code)
    refuse_unless(permissions.may_import_roll(request.user, compound))
    return compound


def _uploads(request: HttpRequest, compound: Compound) -> Any:
    return RollUpload.objects.filter(compound=compound, by=_asker(request).pk)


def _asker(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before
    return request.user
