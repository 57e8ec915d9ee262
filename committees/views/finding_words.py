"""What was found wrong with a meeting's record, in the clerk's words."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from committees.actions.refusals import BallotsUnopenable, RecordUnsound
from committees.rules.findings import Fault, Finding

SENTENCES = {
    Fault.PLAN: lambda: _(
        "表决事项、候选人、规则或时间与公告时固定的不一致：公告之后有人改动过数据库。"
    ),
    Fault.TOO_EARLY: lambda: _("投票开始之前，数据库里已经有密钥、账本或选票。"),
    Fault.KEY: lambda: _("会议文件或投票密钥与投票开始时保存的不一致，或密钥无法读取。"),
    Fault.PARTS: lambda: _("专有部分或表决权人与冻结的名册、会议文件不一致：有增加或改动。"),
    Fault.TURNOUT: lambda: _("页面上的参与人数或面积与选票账本不一致。"),
    Fault.STRANGE: lambda: _("有 %(count)s 条记录（%(kind)s）不是由本站写入的。"),
    Fault.UNTOLD: lambda: _("有 %(count)s 条记录（%(kind)s）没有写进选票账本。"),
    Fault.UNBACKED: lambda: _("账本第 %(seq)s 条（%(kind)s）没有对应的记录，或与记录不符。"),
    Fault.OPENED: lambda: _("计票之前，数据库里已经有拆封的选票或计票结果。"),
}
KINDS = {
    "ballot": lambda: _("选票"),
    "served": lambda: _("送达"),
    "voided": lambda: _("作废"),
    "refused": lambda: _("拒收"),
    "rescheduled": lambda: _("调整截止"),
    "opened": lambda: _("开始投票"),
    "closed": lambda: _("结束投票"),
    "result": lambda: _("计票结果"),
}
RECOUNTED: tuple[
    tuple[str, Callable[[], str]], ...
] = (  # the lines of recount.py, by their beginning
    ("the announced plan differs", SENTENCES[Fault.PLAN]),
    ("parts.csv does not match", SENTENCES[Fault.PARTS]),
    ("broken chain", lambda: _("选票账本在第 %(seq)s 条断开。")),
    ("ballot at seq", lambda: _("账本第 %(seq)s 条选票不合规定：时间不对、不在名册上或内容残缺。")),
    ("voided at seq", lambda: _("账本第 %(seq)s 条作废的不是任何一张选票。")),
    ("opening at seq", lambda: _("账本第 %(seq)s 条选票的拆封与选票或其封印不符，或没有拆封。")),
    ("result differs", lambda: _("独立复核程序算出的结果与计票结果不同。")),
    ("", lambda: _("独立复核程序没有通过。")),
)


def stopped(one: BallotsUnopenable | RecordUnsound) -> list[str]:
    """Why a step was stopped, and that nothing of it was kept."""
    if isinstance(one, RecordUnsound):
        last = _("这一步已停止，没有写入任何内容。请不要再操作，立即联系街道和系统管理员。")
        return [*(finding(each) for each in one.findings), last]
    words = _(
        "账本第 %(seqs)s 条选票无法拆封，或与其封印不符，计票已停止，没有写入任何内容。"
        "可以申请把这些选票作为“无法拆封”作废，由另一职务的人同意后再计票。"
    )
    return [words % {"seqs": "、".join(str(seq) for seq in one.seqs)}]


def finding(one: Finding) -> str:
    """One finding, with what the recount's own line says."""
    if one.fault is Fault.RECOUNT:
        return _recounted(str(one.facts["line"]))
    kind = KINDS.get(str(one.facts.get("kind")))
    return SENTENCES[one.fault]() % {**one.facts, "kind": kind() if kind else ""}


def _recounted(line: str) -> str:
    words = next(words for beginning, words in RECOUNTED if line.startswith(beginning))
    seq = re.search(r"at seq (\d+)", line)
    return f"{words() % {'seq': seq[1] if seq else ''}}（recount.py: {line}）"
