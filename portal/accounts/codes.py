"""Send a sign-in message at once, within the request: the person is waiting for it."""

import logging

from portal.tools.channels.contract import NotSent
from portal.tools.channels.doors import channel

logger = logging.getLogger(__name__)


def send_sms(phone: str, template: str, **values: str) -> None:
    """Send one of messages/<template>.txt to a phone (E.164).  Raises NotSent, once logged; the
    log knows the reason and no number."""
    try:
        channel("sms").send(phone, template, values)
    except NotSent as trouble:
        logger.warning("sign-in message not sent: %s %s", template, trouble.reason)
        raise
