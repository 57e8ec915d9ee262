"""Terms and their members as known by a moment; None is now."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from committees.models import Committee, Member, Term
from portal.tools.history.queries import Histories


class Seats:
    """The terms of the compounds and who had a seat in them; 1 query more where K is named."""

    def __init__(self, compound_ids: Iterable[UUID], *, known_at: datetime | None) -> None:
        self._compounds = list(compound_ids)
        self._past: Histories | None = None
        self._known_at = known_at
        if known_at is not None:
            kinds = (Committee, Term, Member)
            self._past = Histories(kinds, self._compounds, known_at=known_at)

    def terms(self, *, begun_by: date) -> list[Term]:
        """Those that had begun by the day, oldest first."""
        rows = Term.objects.filter(compound__in=self._compounds).select_related("committee")
        found = list(rows) if self._past is None else self._known_terms(list(rows), self._past)
        begun = [term for term in found if term.starts_on <= begun_by]
        return sorted(begun, key=lambda term: (term.starts_on, term.number, term.pk))

    def members(self, terms: Iterable[Term]) -> dict[UUID, list[Member]]:
        """Everybody who ever had a seat or a rank in each of `terms`."""
        found: dict[UUID, list[Member]] = {term.pk: [] for term in terms}
        rows = list(Member.objects.filter(compound__in=self._compounds, term__in=found))
        if self._past is not None:
            known = [*map(self._past.known, rows), *self._past.removed(Member)]
            rows = [one for one in known if self._was_entered(one)]
        for member in rows:
            if member.term_id in found:
                found[member.term_id].append(member)
        return found

    def _known_terms(self, rows: list[Term], past: Histories) -> list[Term]:
        removed = past.removed(Term)
        committees = {one.pk: one for one in past.removed(Committee)}
        for term in removed:
            if term.committee_id in committees:
                term.committee = committees[term.committee_id]
        every = [*map(past.known, rows), *removed]
        return [one for one in every if self._was_entered(one)]

    def _was_entered(self, row: Term | Member) -> bool:
        return self._known_at is not None and row.entered_at <= self._known_at
