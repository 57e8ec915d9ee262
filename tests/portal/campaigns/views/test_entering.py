"""Entering by its pages: whose compound, whose file, what is refused where, and nothing twice."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.accounts.models import CompoundOffice
from portal.campaigns import actions
from portal.campaigns.models import Attachment, Entry, SelfScore, Submission
from portal.campaigns.rules.standard import Scorer
from tests.factories import campaigns, people, places, uploads
from tests.factories.campaigns import ENTRY_CLOSED, OPENED

ACTS = ["enter", "draft", "submit"]


@pytest.fixture(autouse=True)
def at_entry():
    with time_machine.travel(OPENED, tick=False):
        yield


def signed_in(user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client


def address(run, name, compound=None, *more):
    code = (compound or run.compounds[0]).code
    return reverse(f"campaigns:{name}", args=[run.campaign.code, code, *more])


def page_of(run, user):
    """The draft's page as a browser sends it back, nothing changed."""
    form = signed_in(user).get(address(run, "draft")).context["form"]
    names = (bound for bound in form if "file-" not in bound.html_name)
    return {bound.html_name: bound.value() or "" for bound in names}


def seen(run, user):
    return {"seen": signed_in(user).get(address(run, "entry")).context["seen"]}


def submit(run, user):
    return signed_in(user).post(address(run, "submit"), seen(run, user), follow=True)


@pytest.mark.parametrize("who", ["li", "wang"])
def test_the_manager_and_a_member_enter_write_and_submit(cast, who):
    user = getattr(cast, who)
    run = campaigns.opened(cast.compound, cast.wang)
    assert signed_in(user).post(address(run, "enter"))["Location"] == address(run, "draft")
    sent = page_of(run, user)
    for code, mark in run.marks().items():
        sent |= {f"points-{code}": str(mark.tenths // 10), f"words-{code}": "见材料"}
    assert signed_in(user).post(address(run, "draft"), sent).status_code == 302
    assert "申报已提交" in submit(run, user).content.decode()
    assert Submission.objects.get().by == user.pk


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("who", ["chen", "zhao", "qian", "sun"])
def test_nobody_else_enters_writes_or_submits(cast, name, who):
    run = campaigns.opened(cast.compound, cast.wang)
    if name != "enter":
        actions.enter(run.campaign, cast.compound, by=cast.wang.pk, at=OPENED)
    assert signed_in(getattr(cast, who)).post(address(run, name)).status_code == 403
    assert Entry.objects.count() == (name != "enter")
    assert not Submission.objects.exists()


@pytest.mark.parametrize("name", ACTS)
def test_a_manager_of_another_compound_is_refused(cast, name):
    run = campaigns.entered(cast.compound, cast.wang)
    there = people.user()
    people.compound_office(
        there,
        cast.other_compound,
        CompoundOffice.Role.MANAGER,
        firm=people.firm(cast.other_compound),
    )
    assert signed_in(there).post(address(run, name)).status_code == 403


@pytest.mark.parametrize("name", ACTS)
def test_the_anonymous_are_led_to_sign_in(cast, name):
    run = campaigns.entered(cast.compound, cast.wang)
    assert signed_in().post(address(run, name))["Location"].startswith("/account/login/")
    assert not Submission.objects.exists()


@pytest.mark.parametrize("name", ["enter", "submit"])
def test_nothing_is_entered_or_submitted_by_looking(cast, name):
    run = campaigns.entered(cast.compound, cast.wang)
    answer = signed_in(cast.wang).get(address(run, name))
    assert answer.status_code in {302, 405}
    assert not Submission.objects.exists()


def test_a_manager_whose_office_has_ended_writes_no_more(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    CompoundOffice.objects.filter(user=cast.wang).update(until=OPENED.date().replace(month=8))
    assert signed_in(cast.wang).get(address(run, "draft")).status_code == 403
    assert signed_in(cast.wang).post(address(run, "draft")).status_code == 403
    assert signed_in(cast.wang).post(address(run, "submit")).status_code == 403


def test_entering_twice_by_a_double_click_is_one_entry(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    client = signed_in(cast.wang)
    assert [client.post(address(run, "enter")).status_code for _click in range(2)] == [302, 302]
    assert Entry.objects.count() == 1


def test_submitting_twice_by_a_double_click_is_one_and_tells_that_it_is_done(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    sent, client = seen(run, cast.wang), signed_in(cast.wang)
    client.post(address(run, "submit"), sent)
    again = client.post(address(run, "submit"), sent, follow=True)
    assert "申报已经提交" in again.content.decode()
    assert Submission.objects.count() == 1


def test_after_the_last_day_the_draft_is_refused_in_words_and_keeps_what_was_typed(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    sent = page_of(run, cast.wang) | {"words-fire.drill": "最后才写好的话"}
    with time_machine.travel(ENTRY_CLOSED, tick=False):
        answer = signed_in(cast.wang).post(address(run, "draft"), sent)
        entered = signed_in(cast.wang).post(address(run, "enter"), follow=True)
    page = answer.content.decode()
    assert (answer.status_code, "最后才写好的话" in page) == (422, True)
    assert "申报已经截止" in page
    assert "申报已经截止" in entered.content.decode()
    assert not SelfScore.objects.filter(words="最后才写好的话").exists()


@pytest.mark.parametrize("points", ["-1", "6.1", "1.25", "x", "NaN", "1e1"])
def test_points_outside_an_item_are_told_beside_it_and_nothing_is_saved(cast, points):
    run = campaigns.entered(cast.compound, cast.wang)
    sent = page_of(run, cast.wang) | {"points-party.share": points, "words-fire.drill": "改了"}
    answer = signed_in(cast.wang).post(address(run, "draft"), sent)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"points-party.share"})
    assert answer.context["form"]["points-party.share"].value() == points
    assert not SelfScore.objects.filter(words="改了").exists()


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("a.pdf", b"<script>"),
        SimpleUploadedFile("a.exe", b"MZ\x90\x00"),
        SimpleUploadedFile("a.jpg", b""),
        SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
    ids=["html", "program", "empty", "svg"],
)
def test_what_is_neither_photo_nor_pdf_is_refused_by_its_bytes(cast, upload):
    run = campaigns.entered(cast.compound, cast.wang)
    upload.seek(0)
    sent = page_of(run, cast.wang) | {"file-party.branch": upload}
    answer = signed_in(cast.wang).post(address(run, "draft"), sent)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"file-party.branch"})
    assert not Attachment.objects.exists()


def test_a_photo_and_a_pdf_are_kept_and_given_out_as_what_they_are(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    for upload in (uploads.photo("现场.jpg"), uploads.pdf("批复.pdf")):
        sent = page_of(run, cast.wang) | {"file-party.branch": upload}
        assert signed_in(cast.wang).post(address(run, "draft"), sent).status_code == 302
    answers = [
        signed_in(cast.li).get(address(run, "file", None, one.file_id))
        for one in Attachment.objects.order_by("pk")
    ]
    assert [one["Content-Type"] for one in answers] == ["image/jpeg", "application/pdf"]
    assert {one["Cache-Control"] for one in answers} == {"private, no-store"}
    assert {one["X-Content-Type-Options"] for one in answers} == {"nosniff"}
    assert answers[1]["Content-Disposition"].startswith("attachment")


def opened_by(cast, run, attached):
    """Who opens the file, by the status of the answer."""
    people_ = {
        "chen": cast.chen,
        "li": cast.li,
        "wang": cast.wang,
        "zhao": cast.zhao,
        "qian": cast.qian,
        "sun": cast.sun,
        "county": run.officers[Scorer.COUNTY],
        "elsewhere": campaigns.officers_of(places.compound())[Scorer.STREET],
    }
    page = address(run, "file", None, attached.file_id)
    found = {who: signed_in(user).get(page).status_code for who, user in people_.items()}
    assert signed_in().get(page)["Location"].startswith("/account/login/")
    return {who for who, status in found.items() if status == 200}


def test_a_file_of_a_draft_is_opened_by_who_writes_it_and_once_submitted_by_who_judges(cast):
    run = campaigns.entered(cast.compound, cast.wang)
    attached = campaigns.attach(cast.compound, cast.wang)
    assert opened_by(cast, run, attached) == {"li", "wang"}
    actions.submit_entry(run.entry, by=cast.wang.pk, at=OPENED)
    assert opened_by(cast, run, attached) == {"li", "wang", "zhao", "county"}


def test_a_posted_result_opens_no_file_to_the_public(cast, letters):
    run = campaigns.entered(cast.compound, cast.wang)
    attached = campaigns.attach(cast.compound, cast.wang)
    actions.submit_entry(run.entry, by=cast.wang.pk, at=OPENED)
    by = run.officers[Scorer.COUNTY].pk
    for stage in Scorer:
        run.campaign = actions.advance(run.campaign, stage, by=by, at=ENTRY_CLOSED)
        run.score(stage)
    actions.publish_results(run.campaign, by=by, at=ENTRY_CLOSED)
    assert opened_by(cast, run, attached) == {"li", "wang", "zhao", "county"}


def test_a_file_is_not_reached_by_the_address_of_an_entry_one_may_read(cast):
    """Qian manages a neighbour that entered too, and knows the number of a file of this one."""
    people.compound_office(
        cast.qian,
        cast.other_compound,
        CompoundOffice.Role.MANAGER,
        firm=people.firm(cast.other_compound),
    )
    cast.other_compound.region = cast.compound.region
    cast.other_compound.save()
    run = campaigns.entered(cast.compound, cast.wang, cast.other_compound)
    secret = campaigns.attach(cast.compound, cast.wang)
    own = campaigns.attach(cast.other_compound, cast.qian)
    client = signed_in(cast.qian)
    mine = address(run, "file", cast.other_compound, own.file_id)
    assert client.get(mine).status_code == 200
    assert client.get(address(run, "file", cast.other_compound, secret.file_id)).status_code == 404
    assert client.get(address(run, "file", cast.compound, secret.file_id)).status_code == 403
    assert client.get(address(run, "file", cast.compound, own.file_id)).status_code == 403


def test_a_file_taken_out_is_given_out_no_more_and_anothers_is_not_taken_out(cast):
    other = places.compound(cast.compound.region)
    run = campaigns.entered(cast.compound, cast.wang, other)
    mine = campaigns.attach(cast.compound, cast.wang)
    theirs = campaigns.attach(other, cast.wang)
    sent = page_of(run, cast.li) | {"drop": [str(mine.file_id), str(theirs.file_id), "x"]}
    for _click in range(2):
        assert signed_in(cast.li).post(address(run, "draft"), sent).status_code == 302
    assert Attachment.objects.get() == theirs
    page = address(run, "file", None, mine.file_id)
    assert signed_in(cast.li).get(page).status_code == 404


def test_a_compound_that_never_entered_has_no_draft_and_nothing_to_submit(cast):
    run = campaigns.opened(cast.compound, cast.wang)
    assert signed_in(cast.wang).get(address(run, "draft")).status_code == 404
    assert signed_in(cast.wang).post(address(run, "submit")).status_code == 404
