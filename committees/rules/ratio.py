"""What share of a committee are party members, and does it meet the target?

A policy indicator, not a rule of election: it is computed from the members as they stand and never
used to choose, rank or refuse anyone.  Members are the full members in office on the day, without
alternates; whether probationary party members count is settled before these numbers are made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from committees.rules.thresholds import Bar


@dataclass(frozen=True, slots=True)
class PartyShare:
    """`party_members` of `members` against `target`, None where a place has none; refuses
    (`ValueError`) more than all."""

    target: Bar | None
    members: int
    party_members: int

    def __post_init__(self) -> None:
        if not 0 <= self.party_members <= self.members:
            raise ValueError(f"{self.party_members} party members of {self.members} members")

    @property
    def share(self) -> Fraction | None:
        """The exact share, None of an empty committee."""
        return Fraction(self.party_members, self.members) if self.members else None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; never by an empty committee; None without a target."""
        if self.target is None:
            return None
        return self.target.cleared_by(self.party_members, of=self.members)

    @property
    def least(self) -> int | None:
        """The smallest number of party members that meets the target, None if none can or there
        is no target."""
        return self.target.least(of=self.members) if self.target else None

    @property
    def still_needed(self) -> int | None:
        """How many of the present members would have to be party members besides; None as above."""
        if self.target is None:
            return None
        return self.target.still_needed(self.party_members, of=self.members)


@dataclass(frozen=True, slots=True)
class CountyShare:
    """Three figures that must not be mixed; each is None where there is nothing to divide by.

    `meeting_target`  committees meeting the target / committees that have one
    `pooled`          party members / members, of all committees together
    `mean_of_shares`  the mean of the committees' own shares, those without members left out
    """

    committees: int
    committees_with_target: int
    committees_meeting_target: int
    committees_without_members: int
    members: int
    party_members: int
    mean_of_shares: Fraction | None

    @property
    def meeting_target(self) -> Fraction | None:
        return _share(self.committees_meeting_target, self.committees_with_target)

    @property
    def pooled(self) -> Fraction | None:
        return _share(self.party_members, self.members)


def county_share(committees: Iterable[PartyShare]) -> CountyShare:
    """Put the committees of a region together; each brings the target that holds for it, if any."""
    all_of_them = tuple(committees)
    shares = [one.share for one in all_of_them if one.share is not None]
    return CountyShare(
        committees=len(all_of_them),
        committees_with_target=sum(one.target is not None for one in all_of_them),
        committees_meeting_target=sum(one.met is True for one in all_of_them),
        committees_without_members=len(all_of_them) - len(shares),
        members=sum(one.members for one in all_of_them),
        party_members=sum(one.party_members for one in all_of_them),
        mean_of_shares=sum(shares, Fraction(0)) / len(shares) if shares else None,
    )


def _share(part: int, of: int) -> Fraction | None:
    return Fraction(part, of) if of else None
