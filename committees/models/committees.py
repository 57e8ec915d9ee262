"""Committees, their terms and their members."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import CompoundOffice
from portal.owners.models import Owner
from portal.places.models import OfCompound
from portal.tools.evidence.models import Evidence
from portal.tools.keys import Keyed

from .meetings import Matter


class Committee(Keyed, OfCompound):
    """The owners' committee (业主委员会) of a compound; how many seats it has, each term says."""

    HISTORY = ("compound", "name")  # kept when a term entered by mistake is taken out

    name = models.CharField(_("名称"), max_length=100)

    class Meta:
        verbose_name = _("业主委员会")
        constraints = [
            models.UniqueConstraint(fields=["compound", "name"], name="a_committee_has_its_name")
        ]

    def __str__(self) -> str:
        return self.name


class TermQuerySet(models.QuerySet["Term"]):
    def current(self, on: date) -> "TermQuerySet":
        return self.filter(starts_on__lte=on, ends_on__gte=on)


class Term(Keyed, OfCompound):
    """One term of office (届); the last day is included.  Of its `seats` those that nobody holds
    on a day are vacant."""

    HISTORY = (
        "compound",
        "committee",
        "number",
        "starts_on",
        "ends_on",
        "seats",
        "meeting",
        "filing",
        "entered_at",
    )

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="terms", db_index=False)
    number = models.PositiveSmallIntegerField(_("届次"))
    starts_on = models.DateField(_("起始日"))
    ends_on = models.DateField(_("届满日"))
    seats = models.PositiveSmallIntegerField(_("委员席位"))
    meeting = models.UUIDField(null=True)  # the meeting that elected it
    filing = models.CharField(_("备案号"), max_length=60, blank=True)
    entered_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("届")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "committee", "number"], name="a_term_has_its_number"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="a_term_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="a_term_has_a_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.committee} 第{self.number}届"

    def vacant(self, sitting: int) -> int:
        """How many seats are empty where so many members sit."""
        return max(0, self.seats - sitting)


class MemberQuerySet(models.QuerySet["Member"]):
    def in_office(self, on: date) -> "MemberQuerySet":
        """Members and alternates of that day."""
        return self.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gte=on))

    def sitting(self, on: date) -> "MemberQuerySet":
        """In office on that day with a seat; alternates do not count (law.md §5.2)."""
        return self.in_office(on).filter(alternate_rank__isnull=True)


class Member(Keyed, OfCompound):
    """A member of a term, or an alternate (候补) with a rank; `post` is what they began with, what
    was chosen since stands in PostsChosen.  An alternate who takes a seat ends as an alternate and
    begins as a member."""

    class Post(models.TextChoices):
        CHAIR = "chair", _("主任")
        VICE = "vice", _("副主任")
        MEMBER = "member", _("委员")
        ALTERNATE = "alternate", _("候补委员")

    class Ending(models.TextChoices):
        TERM_OVER = "term-over", _("任期届满")
        MOVED_UP = "moved-up", _("递补或补选为委员")
        RESIGNED = "resigned", _("辞职")
        NO_OWNER = "no-owner", _("不再是本小区业主")
        DISMISSED = "dismissed", _("业主大会罢免")
        LOST = "lost", _("资格终止")

    HISTORY = (
        "compound",
        "term",
        "owner",
        "post",
        "alternate_rank",
        "is_party_member",
        "since",
        "until",
        "end_reason",
        "entered_at",
    )
    ENDING = ("until", "end_reason")
    LEAVES = (Ending.RESIGNED, Ending.NO_OWNER, Ending.DISMISSED, Ending.LOST)  # before the end

    term = models.ForeignKey(Term, models.PROTECT, related_name="members", db_index=False)
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="+", db_index=False)
    post = models.CharField(_("职务"), max_length=10, choices=Post, default=Post.MEMBER)
    alternate_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    is_party_member = models.BooleanField(_("中共党员"), default=False)
    since = models.DateField(_("任职起"))
    until = models.DateField(_("任职止"), null=True, blank=True)
    end_reason = models.CharField(_("终止原因"), max_length=10, choices=Ending, blank=True)
    end_basis = models.CharField(_("终止依据"), max_length=200, blank=True)
    came_for = models.ForeignKey(  # in whose seat an alternate moved up
        "self", models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    elected_in = models.ForeignKey(  # the by-election that brought the seat
        Matter, models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    office = models.ForeignKey(  # the one that came with the seat, once the account was known
        CompoundOffice, models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    entered_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("成员")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "term", "owner", "since"], name="a_member_joins_a_term_once"
            ),
            models.CheckConstraint(
                condition=Q(alternate_rank__isnull=False, post="alternate")
                | (Q(alternate_rank__isnull=True) & ~Q(post="alternate")),
                name="only_alternates_have_a_rank",
            ),
            models.UniqueConstraint(
                fields=["compound", "came_for"], name="one_alternate_moves_up_for_a_seat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.get_post_display()}"

    def is_in_office(self, on: date) -> bool:
        """A member or an alternate on that day, as `in_office` asks of many."""
        return self.since <= on and (self.until is None or self.until >= on)

    def sits_on(self, on: date) -> bool:
        """Has a seat on that day, as `sitting` asks of many."""
        return self.is_in_office(on) and self.alternate_rank is None


class PostsChosen(Evidence, OfCompound):
    """Whom the members chose as chair and vice chairs among themselves, from a day on.

    Each choice names all posts; of several the one for the latest day holds, of one day the one
    written last.  Who has no post in it is a plain member.
    """

    term = models.ForeignKey(Term, models.PROTECT, related_name="posts_chosen", db_index=False)
    since = models.DateField(_("任职起"))
    basis = models.CharField(_("依据"), max_length=200)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("主任、副主任的推选")
        indexes = [models.Index(fields=["compound", "term"], name="posts_chosen_by_term")]

    def __str__(self) -> str:
        return f"{self.term_id} {self.since}"


class PostHeld(Evidence, OfCompound):
    """One member's post in a choice."""

    class Post(models.TextChoices):
        CHAIR = Member.Post.CHAIR.value, _("主任")
        VICE = Member.Post.VICE.value, _("副主任")

    chosen = models.ForeignKey(PostsChosen, models.PROTECT, related_name="held", db_index=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    post = models.CharField(_("职务"), max_length=10, choices=Post)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "chosen", "member"], name="a_member_is_chosen_for_one_post"
            ),
            models.UniqueConstraint(
                fields=["compound", "chosen"],
                condition=Q(post="chair"),
                name="a_committee_has_one_chair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.post}"
