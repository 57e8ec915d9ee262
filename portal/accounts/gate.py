"""What stands before an appointment made on a page: a package above may have a second person asked.

The mechanism by which two people decide lies above accounts, so it registers itself here.
"""

from collections.abc import Callable
from datetime import datetime

from portal.places.models import Compound, Region

from .actions import Appointment
from .models import User

Gate = Callable[[Compound | Region, Appointment, User, datetime], str | None]
gates: list[Gate] = []


class Turned(Exception):
    """Another cannot be asked: why, as sentences."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def asked_of_another(
    place: Compound | Region, wanted: Appointment, *, by: User, at: datetime
) -> str | None:
    """The address of the request where another must agree first; None where one person appoints.
    Refuses Unfit and Turned."""
    for gate in gates:
        address = gate(place, wanted, by, at)
        if address is not None:
            return address
    return None
