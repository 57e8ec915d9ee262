"""What was counted, read back from the record of the result."""

from committees.models import Meeting, Result
from committees.rules import tally
from committees.rules.manifest import read_manifest
from committees.rules.reading import read_results


def results_of(meeting: Meeting) -> tuple[tally.Result, ...]:
    """The result of every matter as it was counted, in their order; empty before; 1 query."""
    found = Result.objects.filter(compound_id=meeting.compound_id, meeting=meeting).first()
    if found is None:
        return ()
    asked = read_manifest(meeting.manifest.encode()).meeting
    return read_results(asked, found.result, found.strict)
