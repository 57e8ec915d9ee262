"""What was done alone in an emergency, as it is posted."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.approvals.models import Request
from portal.approvals.queries import sheets
from portal.tools.ui.words import day_words, moment_words

from .documents import Document, Facts, Heading, Paragraph, Signature


@override("zh-hans")  # what is frozen is Chinese, whatever its writer reads
def done_alone(asked: Request) -> Document:
    """What was done, why it could not wait, and everything that it meant; no person is named."""
    sheet = sheets([asked])[0]
    answer = sheet.answer
    assert answer is not None  # noqa: S101 - posted because it was answered so
    when = (_("办理时间"), moment_words(answer.at))
    facts = ((_("事项"), str(sheet.kind.title)), (_("理由"), asked.reason), when)
    return Document(
        _("紧急情况单独办理公告：%s") % sheet.kind.title,
        (
            Paragraph(_("下列事项应由两人办理。因情况紧急，由申请人单独办理，现予公告。")),
            Facts((*facts, (_("紧急情况"), answer.words))),
            Heading(_("办理的内容")),
            Facts(tuple((str(label), str(value)) for label, value in sheet.lines)),
            Signature(sheet.place.name, day_words(timezone.localdate(answer.at))),
        ),
    )
