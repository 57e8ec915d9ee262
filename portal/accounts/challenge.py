"""A small sum in words, asked by the server before a message is sent when many were: no picture, no
other host, and a screen reader reads it as everybody does."""

import secrets
from dataclasses import dataclass
from typing import Any

from allauth.core import context
from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.tools.privacy.cipher import keyed_hash

from . import devices, limits

SALT = "portal.accounts.challenge"
GOOD_FOR = 600  # seconds
PASSED = "has_passed_challenge"  # set on a request in which it was answered
NUMBERS = (
    pgettext_lazy("number", "一"),
    pgettext_lazy("number", "二"),
    pgettext_lazy("number", "三"),
    pgettext_lazy("number", "四"),
    pgettext_lazy("number", "五"),
    pgettext_lazy("number", "六"),
    pgettext_lazy("number", "七"),
    pgettext_lazy("number", "八"),
    pgettext_lazy("number", "九"),
)
WORDS = "零一二三四五六七八九十"
QUESTIONS = (_("%(a)s加%(b)s等于几？"), _("%(b)s加上%(a)s，等于几？"))


@dataclass(frozen=True, slots=True)
class Question:
    words: str
    token: str


def ask() -> Question:
    """A new question; its token is signed, and tells the answer to nobody."""
    a, b = (1 + secrets.randbelow(len(NUMBERS)) for _each in range(2))
    number = secrets.token_hex(8)
    words = str(secrets.choice(QUESTIONS)) % {"a": NUMBERS[a - 1], "b": NUMBERS[b - 1]}
    held = {"number": number, "answer": _closed(number, a + b)}
    return Question(words, signing.dumps(held, salt=SALT))


def is_answered(request: HttpRequest, token: str, answer: str) -> bool:
    """Is this the answer, in figures or in Chinese, given once and in time?"""
    try:
        held = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return False
    given = _number(answer)
    right = given is not None and _closed(held["number"], given) == held["answer"]
    return limits.use_challenge(request, held["number"]) and right


def is_passed(request: HttpRequest) -> bool:
    """Need nothing be asked now, or was it answered in this request?"""
    return bool(getattr(request, PASSED, False)) or not limits.asks_challenge(request)


class AsksWhenNear:
    """A form that asks the question when many messages were asked for; asked only now, it is shown
    with what was typed."""

    data: Any
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._question: Question | None = None
        if limits.asks_challenge(context.request):
            self._ask()

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        if self._question is None:
            return cleaned
        token, answer = self.data.get("question", ""), self.data.get("answer", "")
        is_known = devices.device_of(context.request, getattr(self, "_user", None))
        if is_known or is_answered(context.request, token, answer):
            setattr(context.request, PASSED, True)
        else:
            self.add_error("answer", _("请回答上面的小问题。"))  # type: ignore[attr-defined]
            self._fill(self._question)
        return cleaned

    def _ask(self) -> None:
        self._question = ask()
        self.fields["answer"] = forms.CharField(
            label=self._question.words,
            max_length=20,
            required=False,
            help_text=_("短信发得很多时，先回答这个小问题，用数字或汉字都可以。"),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        self.fields["question"] = forms.CharField(
            widget=forms.HiddenInput(), required=False, initial=self._question.token
        )

    def _fill(self, question: Question) -> None:
        """Draw the new question's token, and not the one that was sent."""
        sent = self.data.copy()
        sent["question"], sent["answer"] = question.token, ""
        self.data = sent


def _closed(number: str, answer: int) -> str:
    return keyed_hash(f"{number}:{answer}", kind="challenge")


def _number(answer: str) -> int | None:
    """Figures of any width, or Chinese as far as eighteen."""
    plain = "".join(answer.split())
    if plain.isdecimal() and len(plain) <= 3:
        return int(plain)
    tens, ten, ones = plain.rpartition("十")
    if any(word not in WORDS for word in plain) or len(plain) > 3 or tens not in {"", "一"}:
        return None
    return (10 if ten else 0) + (WORDS.index(ones) if ones and len(ones) == 1 else 0)
