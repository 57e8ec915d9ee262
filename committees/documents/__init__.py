"""What the meeting's papers say; their form and bytes are publicity's and printing's."""

from .counted import counted_of
from .notices import called_off_notice, candidate_list, meeting_notice
from .result import result_sheet
from .turnout import turnout_lines
from .unopenable import unopenable_lines
from .voiding import voiding_lines
from .waivers import waiver_lines, waiver_notice

__all__ = [
    "called_off_notice",
    "candidate_list",
    "counted_of",
    "meeting_notice",
    "result_sheet",
    "turnout_lines",
    "unopenable_lines",
    "voiding_lines",
    "waiver_lines",
    "waiver_notice",
]
