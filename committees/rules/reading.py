"""Read a counted result back from result.json, for every page and paper that shows its figures.

result.json tells what was said before any following, so that its options alone do not show why a
matter passed.  The sums are taken from it and judged again as the count did (`tally.judge`): what
is read equals what was counted, and no figure is made anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from committees.rules.matters import Meeting
from committees.rules.tally import Poll, Result, judge
from committees.rules.thresholds import Weight


def read_results(
    meeting: Meeting, counted: Mapping[str, Any], strict: Mapping[str, Any]
) -> tuple[Result, ...]:
    """Return what `count` returned, from what `result_values` and `strict_values` made of it.

    `strict` tells who cast a ballot; who took part besides was deemed to.
    """
    matters = {matter.id: matter for matter in meeting.matters}
    cast = {one["id"]: _weight(one["participated"]) for one in strict.get("matters", ())}
    return tuple(
        judge(matters[one["id"]], _poll(one, cast.get(one["id"])), meeting.rules)
        for one in counted["matters"]
    )


def _poll(one: Mapping[str, Any], cast: Weight | None) -> Poll:
    took_part = _weight(one["participated"])
    cast = took_part if cast is None else cast
    return Poll(
        eligible=_weight(one["eligible"]),
        participated=cast,
        support=tuple(_weight(said) for said in one.get("options", one.get("candidates", ()))),
        silent=Weight(took_part.heads - cast.heads, took_part.area - cast.area),
    )


def _weight(fields: Mapping[str, int]) -> Weight:
    return Weight(fields["heads"], fields["area"])
