"""The operators' page: who sees it, what it shows, and the retry of what was given up."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from portal.tools import jobs
from portal.tools.audit.models import AuditEntry
from portal.tools.failures import actions as failures

PAGE = "/operations/"
RETRY_ALL = "/operations/retry/"


@jobs.receives("tests.lost")
def lost(*, thing: UUID) -> None: ...


@pytest.fixture
def given_up(db):
    """Send letters and give them up, as a worker would after the last try."""

    def given_up_(count: int = 1) -> list[int]:
        for _ in range(count):
            jobs.send("tests.lost", thing=uuid4())
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'doing';"
                "UPDATE procrastinate_jobs SET status = 'failed', attempts = 8"
            )
            cursor.execute("SELECT id FROM procrastinate_jobs ORDER BY id")
            ids = [row[0] for row in cursor.fetchall()]
        for job in ids:
            failures.record(job, "tests.lost", "SendNever")
        return ids

    return given_up_


def statuses() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_an_administrator_sees_what_was_given_up_by_its_class(client, cast, given_up):
    (job,) = given_up()
    client.force_login(cast.sun)
    page = client.get(PAGE)
    assert page.status_code == 200
    shown = page.context["now"]
    assert [(row.id, row.name, row.tries, row.error) for row in shown.given_up] == [
        (job, "tests.lost", 8, "SendNever")
    ]
    assert shown.state.given_up == 1
    words = page.content.decode()
    assert [word for word in ("tests.lost", "SendNever", "全部重试") if word not in words] == []


def test_the_queue_is_counted(client, cast):
    jobs.send("tests.lost", thing=uuid4(), at=timezone.now() - timedelta(seconds=90))
    jobs.send("tests.lost", thing=uuid4(), at=timezone.now() + timedelta(days=1))
    client.force_login(cast.sun)
    state = client.get(PAGE).context["now"].state
    assert (state.due, state.later, state.running, state.given_up) == (1, 1, 0, 0)
    assert timedelta(seconds=90) <= state.oldest_wait < timedelta(seconds=120)


def test_an_empty_queue_says_so(client, cast):
    client.force_login(cast.sun)
    assert "没有放弃的任务" in client.get(PAGE).content.decode()


def test_periodic_jobs_show_their_last_run_and_their_next(client, cast):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
            " VALUES ('default', 'jobs.forget_done', 'failed') RETURNING id"
        )
        (job,) = cursor.fetchone()
    failures.record(job, "jobs.forget_done", "OperationalError")
    client.force_login(cast.sun)
    page = client.get(PAGE)
    shown = {turn.name: turn for turn in page.context["now"].turns}
    assert shown.keys() == jobs.timetable.keys()
    turn = shown["jobs.forget_done"]
    assert (turn.id, turn.status, turn.error) == (job, "failed", "OperationalError")
    assert timedelta(0) < turn.next_at - page.context["now"].at <= timedelta(hours=1)
    assert page.context["now"].given_up == []  # its next turn is its retry


def test_one_letter_is_put_back_and_the_audit_says_by_whom(client, cast, given_up):
    first, _second = given_up(2)
    client.force_login(cast.sun)
    answer = client.post(f"/operations/retry/{first}/")
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert statuses() == ["todo", "failed"]
    entry = AuditEntry.objects.get(act="jobs.retried")
    assert (entry.actor, entry.facts) == (cast.sun.pk, {"jobs": [first]})


def test_all_letters_are_put_back(client, cast, given_up):
    given_up(3)
    client.force_login(cast.sun)
    client.post(RETRY_ALL)
    assert statuses() == ["todo"] * 3


def test_pressed_twice_nothing_more_happens(client, cast, given_up):
    (job,) = given_up()
    client.force_login(cast.sun)
    client.post(f"/operations/retry/{job}/")
    answer = client.post(f"/operations/retry/{job}/", follow=True)
    assert "可能已经由别人重试" in answer.content.decode()
    assert AuditEntry.objects.filter(act="jobs.retried").count() == 1


@pytest.mark.parametrize(
    ("method", "address"), [("post", PAGE), ("get", RETRY_ALL), ("get", "/operations/retry/1/")]
)
def test_the_wrong_method_is_refused(client, cast, method, address):
    client.force_login(cast.sun)
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("who", ["chen", "li", "wang", "zhao", "qian"])
def test_other_offices_are_refused(client, cast, given_up, who):
    (job,) = given_up()
    client.force_login(getattr(cast, who))
    seen = [
        client.get(PAGE).status_code,
        client.post(RETRY_ALL).status_code,
        client.post(f"/operations/retry/{job}/").status_code,
    ]
    assert seen == [403, 403, 403]
    assert statuses() == ["failed"]


def test_the_anonymous_are_sent_to_sign_in(client, given_up):
    (job,) = given_up()
    for answer in (
        client.get(PAGE),
        client.post(RETRY_ALL),
        client.post(f"/operations/retry/{job}/"),
    ):
        assert answer["Location"].startswith("/account/login/")
    assert statuses() == ["failed"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_at_one_and_three_rows(
    client, cast, given_up, django_assert_num_queries, rows
):
    given_up(rows)
    client.force_login(cast.sun)
    client.get(PAGE)
    with django_assert_num_queries(18):
        client.get(PAGE)
