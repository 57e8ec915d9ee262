"""A frozen text: its canonical bytes, its hash, and the way back."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publicity.documents import (
    Document,
    Facts,
    Heading,
    NotADocument,
    Paragraph,
    Signature,
    Table,
    from_json,
)

WHOLE = Document(
    "表决结果公示",
    (
        Heading("一、参与"),
        Paragraph("第一行\n第二行"),
        Table(("意见", "人数"), (("同意", "31"), ("反对", "2")), "各项人数"),
        Facts((("会议", "第一次会议"), ("票数", "33"))),
        Signature("幸福花园业主委员会", "2026年11月24日"),
    ),
)
BYTES = (
    '{"blocks":['
    '{"text":"一、参与","type":"heading"},'
    '{"text":"第一行\\n第二行","type":"paragraph"},'
    '{"caption":"各项人数","header":["意见","人数"],'
    '"rows":[["同意","31"],["反对","2"]],"type":"table"},'
    '{"pairs":[["会议","第一次会议"],["票数","33"]],"type":"facts"},'
    '{"date":"2026年11月24日","issuer":"幸福花园业主委员会","type":"signature"}'
    '],"title":"表决结果公示"}'
)


def test_the_canonical_bytes_are_these():
    assert WHOLE.canonical().decode() == BYTES


def test_the_hash_is_over_title_and_blocks():
    assert WHOLE.sha256() == hashlib.sha256(BYTES.encode()).hexdigest()
    other = Document("另一标题", WHOLE.blocks)
    assert other.sha256() != WHOLE.sha256()


def test_a_document_comes_back_from_its_json():
    assert from_json(json.loads(WHOLE.canonical())) == WHOLE


@pytest.mark.parametrize(
    ("written", "frozen"),
    [
        ("e\u0301", "é"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("零\x00宽\x0b", "零宽"),
        ("\u202e倒着写\u202c", "倒着写"),
        ("\u2067隔离\u2069", "隔离"),
        ("表\t格", "表\t格"),
        ("㛃䶮𬱖", "㛃䶮𬱖"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_what_no_reader_sees_is_left_out(written, frozen):
    document = Document("题", (Paragraph(written),))
    assert from_json(document.as_json()) == Document("题", (Paragraph(frozen),))


@pytest.mark.parametrize(
    ("title", "blocks", "faults"),
    [
        ("", (), ["the title is not one line of text"]),
        (" \u3000", (), ["the title is not one line of text"]),
        ("一\n二", (), ["the title is not one line of text"]),
        ("题" * 201, (), ["the title has 201 characters, more than 200"]),
        (
            "",
            (Paragraph("文"), Table(("甲", "乙"), (("一", "二"), ("三",)))),
            ["the title is not one line of text", "block 2: a row is not as long as the header"],
        ),
    ],
)
def test_what_cannot_be_frozen_is_refused_with_every_reason(title, blocks, faults):
    with pytest.raises(NotADocument) as refusal:
        Document(title, blocks)
    assert list(refusal.value.faults) == faults


def test_a_title_of_200_characters_is_frozen():
    assert Document("题" * 200, ()).as_json()["title"] == "题" * 200


def test_an_unknown_block_is_refused():
    with pytest.raises(NotADocument, match="unknown block 'video'"):
        from_json({"title": "题", "blocks": [{"type": "video"}]})


TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
TABLES = st.integers(0, 3).flatmap(
    lambda width: st.builds(
        Table,
        st.tuples(*[TEXT] * width),
        st.lists(st.tuples(*[TEXT] * width), max_size=3).map(tuple),
        TEXT,
    )
)
BLOCKS = st.one_of(
    st.builds(Heading, TEXT),
    st.builds(Paragraph, TEXT),
    st.builds(Facts, st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple)),
    st.builds(Signature, TEXT, TEXT),
    TABLES,
)
DOCUMENTS = st.builds(Document, st.just("题"), st.lists(BLOCKS, max_size=4).map(tuple))


@given(DOCUMENTS)
def test_freezing_twice_changes_nothing(document):
    frozen = from_json(json.loads(document.canonical()))
    assert frozen.canonical() == document.canonical()
    assert from_json(frozen.as_json()) == frozen


@given(DOCUMENTS, DOCUMENTS)
def test_two_documents_have_one_hash_only_if_they_say_the_same(one, other):
    assert (one.sha256() == other.sha256()) == (one.as_json() == other.as_json())
