"""Messages: the asked and the asker are told, by phone or by mail, with no name in the text."""

import pytest

from portal.approvals import actions, tasks
from portal.approvals.models import Answer
from portal.tools.channels.contract import Receipt, SendNever
from portal.tools.keys import new_key


class Kept:
    """A channel that keeps what it was given; `broken` makes it refuse for good."""

    def __init__(self) -> None:
        self.sent: list[tuple] = []
        self.broken = False

    def send(self, to, template, values, *, key=""):
        if self.broken:
            raise SendNever("no")
        self.sent.append((to, template, dict(values), key))
        return Receipt("kept")


@pytest.fixture
def doors(monkeypatch):
    kept = {"sms": Kept(), "mail": Kept()}
    monkeypatch.setattr(tasks, "channel", kept.__getitem__)
    return kept


@pytest.fixture
def asked(cast, doing, noon):
    return actions.ask(
        actions.Wanted("tests.do", cast.compound, new_key(), "理由"), by=cast.li, at=noon
    )


def test_who_must_answer_is_told_what_where_and_until_when(cast, asked, doors):
    tasks.tell(asked.pk, cast.zhao.pk, "asked")
    values = {
        "place": "幸福花园",
        "what": "试办一件事",
        "until": "2026年11月27日 12:00",
        "outcome": "",
    }
    key = f"{asked.pk}:{cast.zhao.pk}:asked"
    assert doors["sms"].sent == [(cast.zhao.phone, "approval-asked", values, key)]


def test_the_asker_is_told_how_it_ended(cast, asked, doors, noon):
    actions.refuse(asked, reason="不", by=cast.zhao, at=noon)
    tasks.tell(asked.pk, cast.li.pk, "ended")
    ((to, template, values, _key),) = doors["sms"].sent
    assert (to, template, values["outcome"]) == (cast.li.phone, "approval-ended", "未同意")


def test_what_is_answered_asks_nobody_any_more(cast, asked, doors, noon):
    actions.agree(asked, by=cast.zhao, at=noon)
    tasks.tell(asked.pk, cast.zhao.pk, "asked")
    assert doors["sms"].sent == []


def test_who_has_no_phone_is_told_by_mail_and_who_has_neither_by_the_desk(cast, asked, doors):
    cast.zhao.phone, cast.zhao.phone_hash, cast.zhao.phone_verified = "", None, False
    cast.zhao.email = "zhao@example.com"
    cast.zhao.save()
    tasks.tell(asked.pk, cast.zhao.pk, "asked")
    assert [one[0] for one in doors["mail"].sent] == ["zhao@example.com"]
    cast.zhao.email = ""
    cast.zhao.save()
    tasks.tell(asked.pk, cast.zhao.pk, "asked")
    assert (len(doors["mail"].sent), doors["sms"].sent) == (1, [])


def test_a_gateway_that_never_takes_it_leaves_it_to_the_desk(cast, asked, doors):
    doors["sms"].broken = True
    tasks.tell(asked.pk, cast.zhao.pk, "asked")
    assert doors["sms"].sent == []


def test_the_clock_lets_requests_lapse(asked):
    tasks.lapse(at=asked.lapses_at)
    assert Answer.objects.get().outcome == "lapsed"
