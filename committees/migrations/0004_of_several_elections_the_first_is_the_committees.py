"""Meetings of before knew no other body: of several elections the first stands for the committee.

Going back there is nothing to undo, the column goes.
"""

from django.db import migrations

SQL = """
UPDATE committees_matter AS one SET elects = 'other'
WHERE one.kind = 'election' AND EXISTS (
    SELECT 1 FROM committees_matter AS first
    WHERE first.compound_id = one.compound_id AND first.meeting_id = one.meeting_id
      AND first.kind = 'election' AND first.position < one.position
)
"""


class Migration(migrations.Migration):
    dependencies = [("committees", "0003_an_election_says_what_it_elects")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
