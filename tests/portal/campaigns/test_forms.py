"""What is filled in becomes tenths and days, exactly, or is told at its field."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from portal.campaigns.forms import STAGES, CampaignForm, DaysForm, DraftForm, ScoreForm, VetoForm
from portal.campaigns.queries.standards import standard_values
from portal.campaigns.rules.record import standard_of
from portal.campaigns.rules.words import points_words
from portal.tools.keys import new_key
from tests.factories import uploads

STANDARD = standard_of(standard_values()["default"])
MOST = {item.code: item.most for item in STANDARD.items}
TODAY = date(2026, 9, 1)
tenths = st.fixed_dictionaries({code: st.integers(0, most) for code, most in MOST.items()})


def sheet(**changes):
    values = {f"points-{code}": str(most // 10) for code, most in MOST.items()}
    return values | {"request": str(new_key()), "follows": "0"} | changes


@given(tenths)
def test_points_typed_as_they_are_printed_come_back_as_the_same_tenths(given_):
    typed = {f"points-{code}": points_words(value) for code, value in given_.items()}
    form = ScoreForm(sheet() | typed, standard=STANDARD)
    assert form.is_valid(), form.errors
    assert {code: mark.tenths for code, mark in form.marks().items()} == given_


@given(
    st.sampled_from(sorted(MOST)),
    st.decimals(-100, 1000, places=2) | st.sampled_from([Decimal("NaN"), Decimal("Infinity")]),
)
def test_points_are_taken_if_they_are_tenths_within_the_item_and_only_then(code, points):
    form = ScoreForm(sheet() | {f"points-{code}": str(points)}, standard=STANDARD)
    is_sound = points.is_finite() and points * 10 % 1 == 0 and 0 <= points * 10 <= MOST[code]
    # "5.50" is written with two decimals, which the field does not take
    if is_sound and str(points)[-1] != "0":
        assert form.is_valid()
    if not is_sound:
        assert set(form.errors) == {f"points-{code}"}


def test_a_draft_may_be_empty_and_a_sheet_of_scores_may_not():
    draft = DraftForm({}, MultiValueDict(), standard=STANDARD)
    assert draft.is_valid(), draft.errors
    assert {edit.mark.tenths for edit in draft.draft().edits.values()} == {None}
    scores = ScoreForm({}, standard=STANDARD)
    assert {f"points-{code}" for code in MOST} <= set(scores.errors)
    assert {"request", "follows"} <= set(scores.errors)


@given(tenths, st.text(alphabet="写好的话 \n", max_size=20))
def test_a_draft_sent_back_as_it_was_shown_changes_nothing(given_, words):
    stored = " ".join(words.split())
    fields = {f"points-{code}": points_words(value) for code, value in given_.items()}
    fields |= {f"words-{code}": stored for code in MOST}
    seen = {f"seen-{name}": value for name, value in fields.items()}
    form = DraftForm(fields | seen, MultiValueDict(), standard=STANDARD)
    assert form.is_valid(), form.errors
    edits = form.draft().edits
    assert [code for code, edit in edits.items() if edit.mark != edit.seen] == []


def test_lines_that_end_as_browsers_end_them_are_no_change():
    typed = {"words-fire.drill": "一\r\n二", "seen-words-fire.drill": "一\n二"}
    form = DraftForm(typed, MultiValueDict(), standard=STANDARD)
    assert form.is_valid()
    edit = form.draft().edits["fire.drill"]
    assert edit.mark == edit.seen


def test_words_may_be_a_thousand_long_and_no_longer():
    for length, is_taken in ((1000, True), (1001, False)):
        form = ScoreForm(sheet() | {"words-fire.drill": "字" * length}, standard=STANDARD)
        assert form.is_valid() is is_taken


@pytest.mark.parametrize(
    ("upload", "kind"),
    [
        (uploads.photo(), "photo"),
        (uploads.pdf(), "document"),
        (uploads.pdf("named-a-photo.jpg"), "document"),
        (SimpleUploadedFile("a.pdf", b" %PDF-1.4"), None),
        (SimpleUploadedFile("a.jpg", b"GIF89a"), None),
    ],
    ids=["photo", "pdf", "pdf named jpg", "almost pdf", "gif head"],
)
def test_the_first_bytes_say_what_a_file_is_and_not_its_name(upload, kind):
    upload.seek(0)
    files = MultiValueDict({"file-party.branch": [upload]})
    form = DraftForm({}, files, standard=STANDARD)
    assert form.is_valid() is (kind is not None)
    if kind:
        assert form.draft().uploads["party.branch"].kind == kind


plans = st.lists(st.integers(-3, 40), min_size=5, max_size=5)


@given(plans)
def test_a_plan_is_taken_if_its_stages_follow_each_other_and_its_entry_is_to_come(offsets):
    days = [TODAY + timedelta(days=offset) for offset in offsets]
    values = dict(zip(STAGES, map(date.isoformat, days), strict=True))
    data = {"name": "评选", "year": "2026", "standard": "default"} | values
    form = CampaignForm(data, standards=[("default", "默认")], today=TODAY)
    entry, community, street, county, publicity = days
    is_sound = TODAY <= entry < community < street < county <= publicity
    assert form.is_valid() is is_sound
    if is_sound:
        plan = form.plan()
        assert [getattr(plan, name) for name in STAGES] == days
        assert plan.standard == standard_values()["default"]


@given(plans)
def test_every_stage_that_does_not_follow_is_told_at_its_own_field(offsets):
    days = [TODAY + timedelta(days=offset) for offset in offsets]
    values = dict(zip(STAGES, map(date.isoformat, days), strict=True))
    data = {"name": "评选", "year": "2026", "standard": "default"} | values
    form = CampaignForm(data, standards=[("default", "默认")], today=TODAY)
    wrong = {"entry_until"} if days[0] < TODAY else set()
    for place in range(1, 4):
        wrong |= {STAGES[place]} if days[place] <= days[place - 1] else set()
    wrong |= {"publicity_on"} if days[4] < days[3] else set()
    assert set(form.errors) == wrong


@pytest.mark.parametrize(("days", "is_taken"), [(4, False), (5, True), (7, True), (8, False)])
def test_days_of_publicity_are_bound_by_the_rules_that_are_given(days, is_taken):
    assert DaysForm({"days": str(days)}, least=5, most=7).is_valid() is is_taken
    assert DaysForm(None, least=5, most=7)["days"].value() == 5


def test_a_veto_is_chosen_from_those_of_the_standard():
    form = VetoForm(standard=STANDARD)
    assert [code for code, _title in form.fields["veto"].choices] == [
        veto.code for veto in STANDARD.vetoes
    ]
    sent = {"veto": "funds", "reason": " 挪用 ", "document": " 通报1号 "}
    made = VetoForm(sent, standard=STANDARD)
    assert made.is_valid()
    words = made.words(stands=False)
    assert (words.veto, words.stands, words.reason, words.document) == (
        "funds",
        False,
        "挪用",
        "通报1号",
    )
