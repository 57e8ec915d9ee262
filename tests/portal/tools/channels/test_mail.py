"""Mail through Django's backend, and the console of development."""

import smtplib

import pytest
from django.core import mail

from portal.tools.channels.console import ConsoleChannel
from portal.tools.channels.contract import SendLater, SendNever, text_of
from portal.tools.channels.mail import MailChannel

ADDRESS = "chen@example.com"


def test_a_mail_has_the_templates_first_line_as_its_subject():
    MailChannel().send(ADDRESS, "sign-in-code", {"code": "493817"})
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([ADDRESS], "登录验证码")
    assert letter.body.startswith("您的验证码是 493817，")


def test_a_text_is_not_escaped_for_html():
    assert "<&'>" in text_of("sign-in-code", {"code": "<&'>"}).body


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such user")}), SendNever),
        (smtplib.SMTPRecipientsRefused({ADDRESS: (450, b"busy")}), SendLater),
        (smtplib.SMTPDataError(554, b"spam"), SendNever),
        (smtplib.SMTPDataError(452, b"full"), SendLater),
        (smtplib.SMTPServerDisconnected("gone"), SendLater),
        (ConnectionRefusedError(), SendLater),
        (TimeoutError(), SendLater),
    ],
)
def test_what_a_mail_server_answers_is_sorted(monkeypatch, trouble, kind):
    def refuse(self, fail_silently=False):
        raise trouble

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with pytest.raises(kind) as refusal:
        MailChannel().send(ADDRESS, "sign-in-code", {"code": "493817"})
    assert ADDRESS not in str(refusal.value)


def test_the_console_shows_the_code_and_masks_the_address(capsys):
    console = ConsoleChannel()
    receipt = console.send("+8613800138000", "sign-in-code", {"code": "493817"}, key="k")
    console.send(ADDRESS, "sign-in-code", {"code": "493817"})
    phone, address = capsys.readouterr().err.splitlines()
    assert phone.startswith("[sign-in-code] 138****8000: 登录验证码 您的验证码是 493817，")
    assert address.startswith("[sign-in-code] c***@example.com: ")
    assert (receipt.provider, receipt.reference) == ("console", "k")
