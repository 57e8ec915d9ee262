"""What the voiding of ballots that do not open will do, for who is to agree."""

from django.utils.translation import gettext as _

from committees.models import Meeting
from portal.approvals.kinds import Lines
from portal.approvals.models import Request


def unopenable_lines(asked: Request) -> Lines:
    """The meeting, the ballots by their numbers in the ledger, and what becomes of them."""
    meeting = Meeting.objects.get(compound_id=asked.compound, pk=asked.target)
    seqs = [str(seq) for seq in asked.facts["seqs"]]
    return [
        (_("会议"), meeting.title),
        (_("无法拆封的选票"), _("%s 张") % len(seqs)),
        (_("账本序号"), "、".join(seqs)),
        (_("会发生"), _("这些选票作废，不计票，不能恢复；结果公示写明张数和能否改变结论。")),
    ]
