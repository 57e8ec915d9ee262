"""What voiding a ballot means, for who must agree to it."""

from django.utils.translation import gettext as _

from committees.models import Ballot
from committees.queries.slips import keyers_of
from portal.approvals.models import Request

from . import wording


def voiding_lines(asked: Request) -> list[tuple[str, str]]:
    """Whose ballot it is, who keyed it and when; never what it says."""
    ballot = Ballot.objects.select_related("voter", "meeting").get(
        compound=asked.compound, pk=asked.target
    )
    names = keyers_of([ballot])
    return [
        (_("会议"), ballot.meeting.title),
        (_("票号"), str(ballot.voter.slip)),
        (_("房号"), "、".join(ballot.voter.rooms)),
        (_("录入人"), names.get(ballot.keyed_by, "—") if ballot.keyed_by else "—"),
        (_("录入时间"), wording.moment(ballot.received_at)),
        (_("随后"), _("这张票不计入，不能恢复；投票期间业主可以重新投票。业主会收到短信。")),
    ]
