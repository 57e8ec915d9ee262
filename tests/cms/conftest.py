"""A built site, a committee, and a publicity announced on it."""

from datetime import date

import pytest

from cms import actions
from committees.models import Committee, Member, Term
from portal.publicity import actions as publicity_actions
from portal.publicity.documents import Document, Paragraph
from portal.publicity.models import Publicity
from tests.factories import people, places

DAY = date(2024, 1, 1)


@pytest.fixture
def site(cast):
    """The site, with a page for both compounds of the cast."""
    built = actions.build_site("永嘉县")
    for compound in (cast.compound, cast.other_compound):
        actions.ensure_compound_page(compound)
    return built


@pytest.fixture
def announce(letters, noon):
    """Announce a text of one paragraph; its letter is kept."""

    def announce_(
        compound, title="候选人名单公示", words="现将名单公示如下。", **facts
    ) -> Publicity:
        usual = {
            "kind": Publicity.Kind.CANDIDATES,
            "case": "2026-1",
            "days": 7,
            "rule_key": "publicity.candidates.days",
            "by": None,
            "at": noon,
        }
        text = Document(title, (Paragraph(words),))
        return publicity_actions.announce(text, compound=compound, **usual | facts)

    return announce_


@pytest.fixture
def seat(noon):
    """Seat owners of these names on the compound's committee."""

    def seat_(compound, *names, seats=0, party=0, ends_on=date(2028, 12, 31), **fields) -> Term:
        committee = Committee.objects.create(compound=compound, name=f"{compound}业主委员会")
        days = {"starts_on": DAY, "ends_on": ends_on}
        term = Term.objects.create(
            compound=compound, committee=committee, number=1, seats=seats or len(names), **days
        )
        for place, name in enumerate(names):
            Member.objects.create(
                compound=compound,
                term=term,
                owner=people.owner(compound, places.part(compound), name=name),
                post=Member.Post.CHAIR if place == 0 else Member.Post.MEMBER,
                is_party_member=place < party,
                since=DAY,
                **fields,
            )
        return term

    return seat_
