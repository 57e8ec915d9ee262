"""One compound, one shard: what the database's own catalogue says of every table of ours."""

from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from portal.places.models import OfCompound

OURS = {"portal", "committees", "cms"}
PAGES = "wagtailcore_page"
DJANGOS = {"accounts_user_groups", "accounts_user_user_permissions"}  # by its PermissionsMixin
SHARED = {
    "accounts_invitation": "a phone is invited to sign up, and to nothing else",
    "accounts_user": "a person may live in several compounds",
    "accounts_visit": "a person's browser, whatever compounds the person lives in",
    "accounts_regionoffice": "an office over a region, above all its compounds",
    "cache_kept": "shared by the web processes for a while",
    "cache_limit": "tries of sign-in, before anybody is known",
    "campaigns_campaign": "a campaign is a county's, its entries are the compounds'",
    "campaigns_frozenstandard": "several campaigns may use one standard",
    "campaigns_stagereached": "belongs to a campaign",
    "failures_failure": "belongs to a job of the queue, which is one for all",
    "firms_firm": "a firm serves several compounds",
    "places_compound": "the compound itself",
    "places_installation": "one row for the whole database",
    "places_region": "the tree above the compounds",
    "rulebook_rule": "the numbers of the law are the same for all",
}
PLAIN_KEYS = {
    "cache_kept": "a keyed hash",
    "cache_limit": "a keyed hash",
    "failures_failure": "the queue's own number",
}
COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
      AND a.attnum > 0 AND NOT a.attisdropped
"""
INDEXES = """
    SELECT t.relname, i.relname, x.indisunique OR x.indisexclusion, x.indisprimary,
           ARRAY(SELECT COALESCE(a.attname, pg_get_indexdef(x.indexrelid, k.n::int, true))
                 FROM unnest(x.indkey::int[]) WITH ORDINALITY AS k(attnum, n)
                 LEFT JOIN pg_attribute a
                   ON a.attrelid = t.oid AND a.attnum = k.attnum AND k.attnum > 0
                 WHERE k.n <= x.indnkeyatts ORDER BY k.n)
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    WHERE t.relnamespace = 'public'::regnamespace
"""


@dataclass(frozen=True)
class Index:
    table: str
    name: str
    is_unique: bool
    is_primary: bool
    columns: tuple[str, ...]


def our_models() -> list[type[models.Model]]:
    """The models of our packages that have a table, without page models, which are Wagtail's."""
    found = [model for model in apps.get_models(include_auto_created=True) if _is_ours(model)]
    return [model for model in found if not _is_page(model) and model._meta.db_table not in DJANGOS]


def _is_ours(model: type[models.Model]) -> bool:
    return model.__module__.split(".")[0] in OURS and model._meta.managed


def _is_page(model: type[models.Model]) -> bool:
    return any(parent._meta.db_table == PAGES for parent in model._meta.all_parents)


def our_tables() -> set[str]:
    return {model._meta.db_table for model in our_models()}


@pytest.fixture
def columns(db) -> dict[str, dict[str, tuple[str, bool]]]:
    """Table → column → type and whether it is not null."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        found: dict[str, dict[str, tuple[str, bool]]] = {}
        for table, column, kind, not_null in cursor.fetchall():
            found.setdefault(table, {})[column] = (kind, not_null)
    return found


@pytest.fixture
def indexes(db) -> list[Index]:
    with connection.cursor() as cursor:
        cursor.execute(INDEXES)
        rows = [Index(*row[:4], tuple(row[4])) for row in cursor.fetchall()]
    return [row for row in rows if row.table in our_tables() - SHARED.keys()]


def of_compound(names: dict[str, tuple[str, bool]]) -> str | None:
    return next((name for name in ("compound_id", "compound") if name in names), None)


def test_every_table_belongs_to_a_compound_or_says_why_not(columns):
    lost = {table for table in our_tables() if of_compound(columns[table]) is None}
    assert lost == set(SHARED)


def test_a_shared_table_exists_and_is_needed(columns):
    assert [table for table in SHARED if table not in columns] == []


def test_the_compound_is_never_missing(columns):
    kinds = {
        table: columns[table][of_compound(columns[table])] for table in our_tables() - SHARED.keys()
    }
    assert {table: kind for table, kind in kinds.items() if kind != ("uuid", True)} == {}


def test_the_compound_comes_first_in_what_is_unique_and_in_composite_indexes(indexes):
    wrong = {
        f"{index.table}.{index.name}": index.columns
        for index in indexes
        if not index.is_primary
        and (index.is_unique or len(index.columns) > 1)
        and index.columns[0] not in {"compound_id", "compound"}
    }
    assert wrong == {}


def test_primary_keys_are_uuids(columns):
    kinds = {
        model._meta.db_table: columns[model._meta.db_table][model._meta.pk.column]
        for model in our_models()
        if model._meta.db_table not in PLAIN_KEYS
    }
    assert {table: kind for table, kind in kinds.items() if kind != ("uuid", True)} == {}


def test_a_compounds_tables_have_no_shapes_that_cannot_be_sharded():
    wrong = []
    for model in our_models():
        if model._meta.auto_created:
            wrong.append(f"{model._meta.label}: made by a ManyToManyField without its own model")
        wrong += [
            f"{model._meta.label}.{field.name}: OneToOneField"
            for field in model._meta.get_fields()
            if isinstance(field, models.OneToOneField)
        ]
        if model._meta.parents:
            wrong.append(f"{model._meta.label}: multi-table inheritance")
    assert wrong == []


def test_what_is_mixed_from_of_compound_has_the_column(columns):
    tables = [model._meta.db_table for model in our_models() if issubclass(model, OfCompound)]
    assert tables
    assert [table for table in tables if "compound_id" not in columns[table]] == []


def test_migrations_are_named_by_hand(db):
    ours = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in OURS}
    names = [
        name for app, name in MigrationRecorder(connection).applied_migrations() if app in ours
    ]
    assert [name for name in names if "_auto_" in name or name[5:].startswith("alter_")] == []


@pytest.fixture
def planted(db):
    """A table of a compound with every fault; the tests' role may make temporary ones only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE planted (id bigint PRIMARY KEY, compound_id uuid, code text);"
            "CREATE UNIQUE INDEX planted_code ON planted (code, compound_id)"
        )


def test_a_planted_fault_is_seen(planted):
    with connection.cursor() as cursor:
        cursor.execute(INDEXES.replace("'public'::regnamespace", "pg_my_temp_schema()"))
        found = {row[1]: (row[2], row[3], row[4]) for row in cursor.fetchall()}
        cursor.execute(COLUMNS.replace("'public'::regnamespace", "pg_my_temp_schema()"))
        kinds = {row[1]: row[2:] for row in cursor.fetchall()}
    assert found["planted_code"] == (True, False, ["code", "compound_id"])
    assert kinds == {
        "id": ("bigint", True),
        "compound_id": ("uuid", False),
        "code": ("text", False),
    }
