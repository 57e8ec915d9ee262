"""Evidence cannot be changed: not by the application's role, not by its owner, not by a setting."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from portal.settings import base
from portal.tools.evidence import rights
from portal.tools.evidence.models import Evidence, EvidenceIsFixed
from portal.tools.evidence.rights import evidence_tables
from tests import database

TABLES = sorted(
    [
        "approvals_answer",
        "approvals_request",
        "audit_auditentry",
        "campaigns_award",
        "campaigns_frozenstandard",
        "campaigns_result",
        "campaigns_scoring",
        "campaigns_stagereached",
        "campaigns_submission",
        "campaigns_vetosaid",
        "cms_noticetext",
        "cms_noticewithdrawn",
        "committees_announcedplan",
        "committees_ballot",
        "committees_calledoff",
        "committees_ledgerevent",
        "committees_opening",
        "committees_postheld",
        "committees_postschosen",
        "committees_refused",
        "committees_rescheduled",
        "committees_result",
        "committees_sealingkey",
        "committees_served",
        "committees_voided",
        "committees_voter",
        "committees_voterpart",
        "committees_waiver",
        "files_storedfile",
        "fire_check",
        "fire_defect",
        "fire_recheck",
        "fire_repair",
        "fire_retirement",
        "history_before",
        "owners_rollgroup",
        "owners_rollline",
        "owners_rollowner",
        "owners_rollversion",
        "publicity_publicity",
        "publicity_publicitystart",
    ]
)
CHANGES = ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]


def test_these_tables_are_evidence():
    assert evidence_tables() == TABLES


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("table", TABLES)
def test_the_application_may_not_change_evidence(db, table, change):
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        with transaction.atomic():
            cursor.execute(change.format(table))


def test_the_application_may_not_switch_the_guards_off(db):
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        with transaction.atomic():
            cursor.execute("SET session_replication_role = replica")


@pytest.fixture
def as_owner(own_database, cast_rows):
    url = database.with_name(database.owner_url(), own_database)
    with psycopg.connect(url, autocommit=True) as owner:
        yield owner


@pytest.fixture
def cast_rows(own_database):
    from datetime import UTC, datetime

    from portal.tools.audit.actions import note

    return note("tests.wrote", None, by=None, at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def migrated(own_database):
    """The rights that migrating gives; a clone keeps those of its tables, not of the database."""
    owner = connection.copy("owner")
    owner.settings_dict |= base.database("owner") | {"NAME": own_database}
    rights.grant(owner)
    owner.close()


@pytest.mark.parametrize("table", ["audit_auditentry", "committees_ballot"])
def test_no_temporary_table_takes_in_what_is_meant_for_the_evidence(migrated, table):
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE public.{table})")


@pytest.mark.parametrize("change", CHANGES)
def test_the_guards_hold_against_the_owner_too(as_owner, change):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="evidence cannot be changed"):
        as_owner.execute(change.format("audit_auditentry"))
    assert as_owner.execute("SELECT count(*) FROM audit_auditentry").fetchone() == (1,)


def test_every_guard_fires_whatever_the_session_says(as_owner):
    rows = as_owner.execute(
        "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger "
        "WHERE tgname IN ('evidence_rows_stay', 'evidence_is_not_emptied') AND tgenabled = 'A' "
        "GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert rows == [(table, 2) for table in TABLES]


def test_a_row_of_evidence_says_so_early(db, noon):
    from portal.tools.audit.actions import note

    row = note("tests.wrote", None, by=None, at=noon)
    assert isinstance(row, Evidence)
    with pytest.raises(EvidenceIsFixed):
        row.save()
    with pytest.raises(EvidenceIsFixed):
        row.delete()
