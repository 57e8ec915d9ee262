"""Who may, in the meetings of owners: one line per right."""

from portal.accounts.models import CompoundOffice, RegionOffice
from portal.accounts.permissions import AUTHORITIES, Asker, holds
from portal.places.models import Compound

from .models import Meeting

CLERK = frozenset({CompoundOffice.Role.CLERK})
COMMITTEE = frozenset({CompoundOffice.Role.CLERK, CompoundOffice.Role.MEMBER})
FILED_WITH = frozenset(
    {RegionOffice.Role.STREET, RegionOffice.Role.COUNTY, RegionOffice.Role.ADMINISTRATOR}
)
HIDDEN = frozenset({Meeting.Stage.PREPARING, Meeting.Stage.NOMINATING})
VOTED_ON = frozenset({Meeting.Stage.OPEN, Meeting.Stage.CLOSED})


def may_anyone_read_meetings(user: Asker, compound: Compound) -> bool:
    """The list of meetings that have been announced is public."""
    return True


def may_anyone_read_own_rules(user: Asker, compound: Compound) -> bool:
    """What the owners decided for themselves binds all of them, so all may read it."""
    return True


def may_set_own_rules(user: Asker, compound: Compound) -> bool:
    """Write down a number that the owners adopted: the meeting's clerk."""
    return holds(user, CLERK, compound)


def may_anyone_read_committee(user: Asker, compound: Compound) -> bool:
    """Who sits on the committee, in which post and until when, is public."""
    return True


def may_take_over_term(user: Asker, compound: Compound) -> bool:
    """Enter a term that began on paper, from its filing: those with whom it is filed."""
    return holds(user, FILED_WITH, compound)


def may_record_posts(user: Asker, compound: Compound) -> bool:
    """Put down whom the committee chose as chair and vice chairs: its clerk, and with whom it is
    filed."""
    return holds(user, CLERK | FILED_WITH, compound)


def may_record_leaves(user: Asker, compound: Compound) -> bool:
    """Put down that a member left and who moved up: the clerk, and with whom it is filed."""
    return holds(user, CLERK | FILED_WITH, compound)


def may_read_meeting(user: Asker, meeting: Meeting) -> bool:
    """Announced meetings are public; before that, those who run or watch it see it."""
    is_off_untold = meeting.stage == Meeting.Stage.CALLED_OFF and not meeting.is_announced
    is_told_of = meeting.stage not in HIDDEN and not is_off_untold
    return is_told_of or may_watch(user, meeting.compound)


def may_run(user: Asker, compound: Compound) -> bool:
    """Prepare, freeze, nominate, publish, open, close and count: the meeting's clerk."""
    return holds(user, CLERK, compound)


def may_call_off(user: Asker, meeting: Meeting) -> bool:
    """Before the vote the clerk too; once ballots may be in, only with whom it is filed."""
    may = FILED_WITH if meeting.stage in VOTED_ON else CLERK | FILED_WITH
    return holds(user, may, meeting.compound)


def may_key_slips(user: Asker, compound: Compound) -> bool:
    return holds(user, CLERK, compound)


def may_void_slips(user: Asker, compound: Compound) -> bool:
    """Void a slip keyed wrongly or forged, with a reason that stands in the ledger: the clerk."""
    return holds(user, CLERK, compound)


def may_ask_to_void_unopenable(user: Asker, compound: Compound) -> bool:
    """Ask another office to agree that ballots which do not open are voided."""
    return holds(user, CLERK | AUTHORITIES, compound)


def may_watch(user: Asker, compound: Compound) -> bool:
    """See the console: clerk, committee, and the offices that supervise."""
    return holds(user, COMMITTEE | AUTHORITIES, compound)


def may_take_the_record(user: Asker, compound: Compound) -> bool:
    """Take away every opened ballot under pseudonyms (interpretation art. 13); it is logged."""
    return holds(user, COMMITTEE | AUTHORITIES, compound)


def may_vote(user: Asker, meeting: Meeting) -> bool:
    """Sign in to vote once the meeting is announced; who is an owner here follows from the roll."""
    return user.is_authenticated and may_read_meeting(user, meeting)


def may_anyone_check_a_receipt(user: Asker, meeting: Meeting) -> bool:
    """A receipt shows no choice, so whoever holds one may look whether it is in the ledger."""
    return True


def may_anyone_check_figures(user: Asker) -> bool:
    """Figures that others published are judged by public rules, and nothing of them is kept."""
    return True
