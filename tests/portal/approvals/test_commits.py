"""Two at once: one request, one answer, one act."""

from datetime import datetime
from zoneinfo import ZoneInfo

from portal.accounts.models import User
from portal.approvals import actions
from portal.approvals.models import Answer, Request
from portal.tools.keys import new_key
from tests.factories import people, rulebook
from tests.factories.approvals import COMMUNITY, Doing
from tests.factories.cast import make_cast
from tests.racing import at_once

NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_the_same_asked_twice_at_once_is_one_request(own_database, monkeypatch):
    rulebook.load()
    Doing().registered(monkeypatch)
    cast = make_cast()
    wanted = actions.Wanted("tests.do", cast.compound, new_key(), "试")

    def ask() -> Request:
        return actions.ask(wanted, by=User.objects.get(pk=cast.li.pk), at=NOON)

    first, second = at_once(ask, ask)
    assert first == second
    assert Request.objects.count() == 1


def test_of_two_answers_at_once_one_counts_and_it_is_done_once(own_database, monkeypatch):
    rulebook.load()
    doing = Doing().registered(monkeypatch)
    cast = make_cast()
    han = people.user("韩十")
    people.region_office(han, cast.compound.region, COMMUNITY)
    asked = actions.ask(
        actions.Wanted("tests.do", cast.compound, new_key(), "试"), by=cast.li, at=NOON
    )

    def agree(who):
        return lambda: actions.agree(asked, by=User.objects.get(pk=who.pk), at=NOON)

    def refuse():
        return actions.refuse(asked, reason="不", by=User.objects.get(pk=han.pk), at=NOON)

    outcomes = at_once(agree(cast.zhao), agree(cast.zhao), agree(han), refuse)
    assert sum(isinstance(one, actions.AnsweredAlready) for one in outcomes) == 3
    counted = Answer.objects.get()
    assert len(doing.done) == (counted.outcome == "agreed")
