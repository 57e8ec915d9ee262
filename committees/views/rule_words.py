"""Why a compound's own number may not stand, in words."""

from django.utils.translation import gettext_lazy as _

from portal.rulebook.rules.room import Obstacle, Reason

SENTENCES = {
    Reason.NO_RULE: ("value", _("规则库中现在没有这一条。")),
    Reason.NO_ROOM: ("value", _("法律没有给小区留下自定的余地。")),
    Reason.NOT_A_NUMBER: ("value", _("请填数字，如 15、2/3 或 20%%。")),
    Reason.NOT_WHOLE: ("value", _("须是整数。")),
    Reason.NOT_POSSIBLE: ("value", _("没有这样的数值：须大于零，比例不超过一。")),
    Reason.BELOW_THE_LAW: ("value", _("不能低于法定的 %(legal)s。")),
    Reason.ABOVE_THE_LAW: ("value", _("不能高于法定的 %(legal)s。")),
    Reason.CROSSES_PARTNER: ("value", _("与同一规则的另一端 %(partner)s 相抵触。")),
    Reason.NO_CLAUSE: ("clause", _("请写明依据：哪一次业主大会通过的哪一条。")),
    Reason.CLAUSE_TOO_LONG: ("clause", _("依据不超过 %(most)s 个字。")),
    Reason.LATER_RULE_STANDS: ("value", _("已有自 %(from)s 起生效的规定，不能在它之前再定。")),
}


def obstacle(one: Obstacle) -> tuple[str, str]:
    """The field it belongs to, and the sentence."""
    field, words = SENTENCES[one.reason]
    return field, str(words) % one.facts
