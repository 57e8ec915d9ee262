"""SQL triggers that refuse to change or remove evidence, whoever asks."""

from django.db import migrations

REFUSE = """
CREATE OR REPLACE FUNCTION refuse_to_change_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % refused: evidence cannot be changed', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
GUARD = """
CREATE TRIGGER evidence_rows_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_evidence();
CREATE TRIGGER evidence_is_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_evidence();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER evidence_rows_stay;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER evidence_is_not_emptied;
"""
UNGUARD = """
DROP TRIGGER evidence_rows_stay ON {table};
DROP TRIGGER evidence_is_not_emptied ON {table};
"""


def guard(*tables: str) -> migrations.RunSQL:
    """The migration operation that lays the triggers on `tables`; ALWAYS, so that no session
    setting (session_replication_role) switches them off."""
    return migrations.RunSQL(
        REFUSE + "".join(GUARD.format(table=table) for table in tables),
        "".join(UNGUARD.format(table=table) for table in tables),
    )
