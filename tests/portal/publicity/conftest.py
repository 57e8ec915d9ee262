"""A text to announce, and a way to announce it."""

import pytest

from portal.places.models import Compound
from portal.publicity import actions
from portal.publicity.documents import Document, Facts, Heading, Paragraph, Signature, Table
from portal.publicity.models import Publicity


@pytest.fixture
def document():
    return Document(
        "候选人名单公示",
        (
            Paragraph("现将候选人名单公示如下。"),
            Heading("名单"),
            Table(("序号", "姓名"), (("1", "陈一"), ("2", "李二")), "按提名先后排列"),
            Facts((("应选", "5 人"),)),
            Signature("幸福花园业主委员会", "2026年11月24日"),
        ),
    )


@pytest.fixture
def announce(document, letters, noon):
    """Announce `document`, or another, with the usual facts unless told otherwise."""

    def announce_(compound: Compound, text: Document = document, **facts) -> Publicity:
        usual = {
            "kind": Publicity.Kind.CANDIDATES,
            "case": "2026-1",
            "days": 7,
            "rule_key": "publicity.candidates.days",
            "by": None,
            "at": noon,
        }
        return actions.announce(text, compound=compound, **usual | facts)

    return announce_
