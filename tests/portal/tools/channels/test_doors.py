"""Which channel stands behind a name."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.tools.channels.console import ConsoleChannel
from portal.tools.channels.doors import channel
from portal.tools.channels.mail import MailChannel
from portal.tools.channels.sms import SmsGateway

GATEWAY = {"endpoint": "https://sms.example/send", "account": "county", "key": "k", "templates": {}}


def test_settings_choose_the_channel(settings):
    settings.CHANNELS = {
        "sms": {"provider": "http"} | GATEWAY,
        "mail": {"provider": "mail"},
        "wechat": {"provider": "console"},
    }
    assert channel("sms") == SmsGateway(**GATEWAY)
    assert (type(channel("mail")), type(channel("wechat"))) == (MailChannel, ConsoleChannel)


@pytest.mark.parametrize("wrong", [{"provider": "pigeon"}, {"provider": "http"}])
def test_a_channel_that_is_not_complete_is_refused_by_name(settings, wrong):
    settings.CHANNELS = {"sms": wrong}
    with pytest.raises(ImproperlyConfigured, match="sms"):
        channel("sms")
