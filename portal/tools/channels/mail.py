"""Mail through Django's e-mail backend."""

import smtplib
from collections.abc import Mapping

from django.core.mail import EmailMessage

from .contract import Receipt, SendLater, SendNever, text_of

PERMANENT = 500  # SMTP: 5xx will not change, 4xx may (RFC 5321, 4.2.1)


class MailChannel:
    def send(self, to: str, template: str, values: Mapping[str, str], *, key: str = "") -> Receipt:
        """Send a plain-text mail.  SMTP knows no key: after SendLater it may arrive twice."""
        text = text_of(template, values)
        message = EmailMessage(text.subject, text.body, to=[to])
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as refusal:
            codes = [code for code, _ in refusal.recipients.values()]
            raise _refused("recipient-refused", max(codes, default=PERMANENT)) from None
        except smtplib.SMTPResponseException as refusal:
            raise _refused(f"smtp-{refusal.smtp_code}", refusal.smtp_code) from None
        except (smtplib.SMTPException, OSError) as trouble:
            raise SendLater(type(trouble).__name__) from None
        return Receipt("mail", key)


def _refused(reason: str, code: int) -> SendLater | SendNever:
    return SendNever(reason) if code >= PERMANENT else SendLater(reason)
