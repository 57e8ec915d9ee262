"""What the application's database role may do: read and add everywhere, change all but evidence."""

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from .models import Evidence


def evidence_tables() -> list[str]:
    """The table names of every model that is evidence."""
    return sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, Evidence))


def grant(connection: BaseDatabaseWrapper) -> None:
    """Give the application's role its rights on all tables; run by the owner after migrating."""
    role = connection.ops.quote_name(settings.DATABASE_APP_ROLE)
    quoted = [connection.ops.quote_name(name) for name in evidence_tables()]
    with connection.cursor() as cursor:
        _ensure_role(cursor, role)
        for right in (
            "USAGE ON SCHEMA public",
            "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public",
            "USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public",
            "EXECUTE ON ALL FUNCTIONS IN SCHEMA public",
        ):
            cursor.execute(f"GRANT {right} TO {role}")
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {', '.join(quoted)} FROM {role}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")
        # a temporary table of the same name would take in what is meant for the evidence
        database = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
        cursor.execute(f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC, {role}")


def _ensure_role(cursor: CursorWrapper, role: str) -> None:
    """Make the application's role; with one login, the owner must be able to step down to it."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.DATABASE_APP_ROLE])
    if cursor.fetchone() is None:
        cursor.execute(f"CREATE ROLE {role}")
    if not settings.DATABASE_HAS_TWO_LOGINS:
        cursor.execute(f"GRANT {role} TO CURRENT_USER")
