"""Passwords that many people choose, or that tell of their owner, are refused.

Django's list is English and knows whole passwords only; here what is common is looked for inside.
"""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS = """
    password passw0rd admin administrator root test guest welcome qwerty qwer asdf asdfgh zxcv
    zxcvbn qazwsx 1qaz 2wsx abc abcd abcde abcdef letmein iloveyou love monkey dragon master
    woaini woaiwojia wojia nihao zhongguo china beijing shanghai hangzhou wenzhou yongjia
    xingfuli xingfu wuye yezhu yeweihui xiaoqu shequ jiedao mima wodemima denglu zhanghao
    anquan taobao weixin wechat alipay zhifubao 5201314 1314520 520 521 1314 888 666
"""
COMMON = sorted(WORDS.split(), key=len, reverse=True)
ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
SHORTEST_RUN = 4
SHORTEST_REST = 5  # different characters beside what is common
YEAR = re.compile(r"(19|20)\d\d")
SHORTEST_OWN = 4
LONGEST_READ = 200


class CommonWordsValidator:
    """Refuses what stays too little once common words, runs, years and repetitions are out."""

    def validate(self, password: str, user: Any = None) -> None:
        plain = unicodedata.normalize("NFKC", password[:LONGEST_READ]).lower()
        if _tells_of(user, plain):
            raise ValidationError(
                _("密码不要含有自己的手机号、邮箱或姓名。"), code="password_tells_of_its_owner"
            )
        if len(set(_without_the_common(plain))) < SHORTEST_REST:
            raise ValidationError(
                _("这个密码太常见，容易被猜到。请换一个，例如把几个不相干的词连在一起。"),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return _("不要用常见的密码，也不要用自己的手机号、生日或姓名。")


def _tells_of(user: Any, plain: str) -> bool:
    digits = re.sub(r"\D", "", getattr(user, "phone", "") or "")[-8:]
    mailbox = (getattr(user, "email", "") or "").partition("@")[0].lower()
    name = (getattr(user, "name", "") or "").lower()
    own = [word for word in (digits, mailbox) if len(word) >= SHORTEST_OWN]
    return any(word in plain for word in own) or (
        len(name) > 1 and plain.strip("0123456789") == name
    )


def _without_the_common(plain: str) -> str:
    for word in COMMON:
        plain = plain.replace(word, "")
    plain = YEAR.sub("", plain)
    for row in ROWS:
        for line in (row, row[::-1]):
            plain = _without_runs(plain, line)
    return re.sub(r"(.{1,4}?)\1+", r"\1", plain)


def _without_runs(plain: str, line: str) -> str:
    for length in range(len(line), SHORTEST_RUN - 1, -1):
        for start in range(len(line) - length + 1):
            plain = plain.replace(line[start : start + length], "")
    return plain
