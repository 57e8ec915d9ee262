"""Letters to the public's pages, and what keeps the editors' group true."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from portal.publicity.models import Publicity
from portal.tools import jobs

from . import actions


@jobs.receives("cms.post_notice")
def post_notice(*, publicity_id: UUID) -> None:
    """Post the page of an announced publicity; its days run from here."""
    publicity = Publicity.objects.select_related("compound").get(pk=publicity_id)
    actions.post_notice(publicity, at=timezone.now())


@jobs.periodic("cms.sync_editors", cron="*/5 * * * *")
def sync_editors(*, at: datetime) -> None:
    actions.sync_editors(on=timezone.localdate(at))
