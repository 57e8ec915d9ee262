"""Take the record away: a zip of election-record/1, on a logged request."""

import tempfile
import zipfile

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees import permissions, queries
from committees.models import Meeting, Result
from portal.accounts.access import asks
from portal.tools.audit.actions import note
from portal.tools.chain.canonical import canonical

from .console import _user
from .loading import meeting_for, readable_meeting


@asks(permissions.may_take_the_record)
@login_required
@require_POST
def record(request: HttpRequest, code: str, number: str) -> HttpResponseBase:
    meeting = meeting_for(request, code, number, permissions.may_take_the_record)
    if meeting.stage != Meeting.Stage.COUNTED:
        messages.error(request, _("计票完成后才能导出计票记录。"))
        return redirect("committees:console", code=code, number=number)
    note("committees.take_record", meeting, by=_user(request), at=timezone.now())
    bundle = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in queries.record_files(meeting).items():
            with archive.open(name, "w") as file:
                for piece in pieces:
                    file.write(piece)
    bundle.seek(0)
    name = f"record-{meeting.compound.code}-{meeting.number}.zip"
    return FileResponse(bundle, as_attachment=True, filename=name)


@asks(permissions.may_read_meeting)
@require_safe
def result_json(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """result.json, posted for everyone."""
    meeting = readable_meeting(request, code, number, permissions.may_read_meeting)
    found = Result.objects.filter(compound_id=meeting.compound_id, meeting=meeting).first()
    if found is None:
        return redirect(meeting)
    return HttpResponse(canonical(found.result), content_type="application/json")
