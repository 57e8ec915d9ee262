"""What the database itself refuses, whoever writes the row."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.approvals.models import Answer, Request, Subject
from portal.tools.audit.models import NOWHERE
from portal.tools.keys import new_key
from tests.factories.approvals import CLERK, COMMUNITY, STREET


def request(place, noon, **changes) -> Request:
    facts = {
        "compound": place.pk,
        "kind": "tests.do",
        "subject": Subject.MEETING,
        "target": new_key(),
        "reason": "试",
        "asked_by": new_key(),
        "asked_as": CLERK,
        "asked_phone": "a" * 64,
        "asked_at": noon,
        "lapses_at": noon + timedelta(hours=1),
    }
    return Request.objects.create(**facts | changes)


def answer(asked: Request, noon, **changes) -> Answer:
    facts = {
        "compound": asked.compound,
        "request": asked,
        "asked_by": asked.asked_by,
        "asked_as": asked.asked_as,
        "asked_phone": asked.asked_phone,
        "lapses_at": asked.lapses_at,
        "other_office": asked.other_office,
        "may_be_alone": asked.may_be_alone,
        "outcome": "agreed",
        "by": new_key(),
        "answered_as": STREET,
        "by_phone": "b" * 64,
        "at": noon,
    }
    return Answer.objects.create(**facts | changes)


def refused_by(name: str, act, *args, **changes) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act(*args, **changes)


def test_nobody_answers_their_own_request(cast, noon):
    asked = request(cast.compound, noon)
    name = "nobody_answers_their_own_request"
    for outcome in ("agreed", "refused"):
        refused_by(name, answer, asked, noon, by=asked.asked_by, outcome=outcome, words="w")
    refused_by("nobody_answers_by_the_askers_phone", answer, asked, noon, by_phone="a" * 64)
    assert answer(asked, noon).outcome == "agreed"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"asked_by": new_key()},
        {"asked_as": COMMUNITY},
        {"asked_phone": "c" * 64},
        {"other_office": True},
        {"may_be_alone": True},
    ],
)
def test_an_answer_cannot_name_another_asker(cast, noon, changes):
    asked = request(cast.compound, noon)
    with pytest.raises(IntegrityError, match="an_answer_names_who_asked"), transaction.atomic():
        answer(asked, noon, **changes)


def test_an_answer_cannot_stretch_its_time(cast, noon):
    asked = request(cast.compound, noon)
    over = asked.lapses_at
    refused_by("an_answer_comes_in_its_time", answer, asked, over)
    late = over + timedelta(hours=9)
    refused_by("an_answer_names_who_asked", answer, asked, over, lapses_at=late)
    lapsed = {"outcome": "lapsed", "by": None, "answered_as": "", "by_phone": ""}
    refused_by("an_answer_comes_in_its_time", answer, asked, noon, **lapsed)
    assert answer(asked, over, **lapsed).outcome == "lapsed"


def test_a_request_is_answered_once(cast, noon):
    asked = request(cast.compound, noon)
    answer(asked, noon)
    refused_by("a_request_is_answered_once", answer, asked, noon)


def test_where_two_offices_are_needed_they_differ(cast, noon):
    asked = request(cast.compound, noon, other_office=True)
    refused_by("where_two_offices_are_needed_they_differ", answer, asked, noon, answered_as=CLERK)
    assert answer(asked, noon).answered_as == STREET


def test_alone_is_done_only_by_the_asker_and_only_what_may_be(cast, noon):
    may, may_not = request(cast.compound, noon, may_be_alone=True), request(cast.compound, noon)
    alone = {"outcome": "alone", "words": "急", "answered_as": ""}
    refused_by("only_the_asker_takes_back_or_acts_alone", answer, may, noon, **alone)
    alone_by = alone | {"by": may_not.asked_by}
    refused_by("alone_is_done_only_what_may_be", answer, may_not, noon, **alone_by)
    assert answer(may, noon, **alone | {"by": may.asked_by}).outcome == "alone"


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ["waiver", "ballot", "key", "binding", "seat", "office"])
def test_waivers_ballots_keys_bindings_seats_and_offices_are_never_done_alone(cast, noon, subject):
    name = "waivers_ballots_keys_bindings_and_seats_are_never_done_alone"
    refused_by(name, request, cast.compound, noon, subject=subject, may_be_alone=True)


def test_a_request_belongs_to_a_compound_or_a_region(cast, noon):
    name = "a_request_belongs_to_a_compound_or_a_region"
    refused_by(name, request, cast.compound, noon, compound=NOWHERE)
    refused_by(name, request, cast.compound, noon, region=cast.compound.region)
    of_region = {"compound": NOWHERE, "region": cast.compound.region}
    assert request(cast.compound, noon, **of_region).region == cast.compound.region
    alone = of_region | {"may_be_alone": True}
    refused_by("what_is_done_alone_is_posted_in_a_compound", request, cast.compound, noon, **alone)
