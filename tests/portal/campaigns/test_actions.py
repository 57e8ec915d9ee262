"""A campaign step by step: what is done, what is refused, what stays as it was written."""

from datetime import timedelta

import pytest

from portal.campaigns import actions
from portal.campaigns.actions import refusals
from portal.campaigns.models import Award, Result
from portal.campaigns.queries.steering import Why
from portal.campaigns.rules.record import agrees
from portal.campaigns.rules.standard import Scorer
from portal.publicity.actions import start_clock
from tests.factories import campaigns
from tests.factories.campaigns import ENTRY_CLOSED


def test_a_campaign_goes_from_entry_to_award(cast, letters):
    run = campaigns.posted(cast.compound, cast.wang, fire__drill=0)
    county = run.officers[Scorer.COUNTY].pk
    result = Result.objects.get()
    assert agrees(result.value)
    assert result.value["total"]["tenths"] == "940"
    start_clock(result.publicity, at=ENTRY_CLOSED)
    with pytest.raises(refusals.StageBlocked) as refused:
        actions.award(run.campaign, by=county, at=ENTRY_CLOSED + timedelta(days=3))
    assert [one.why for one in refused.value.obstacles] == [Why.PUBLICITY_RUNS]
    done = actions.award(run.campaign, by=county, at=ENTRY_CLOSED + timedelta(days=6))
    assert (done.stage, Award.objects.get().title) == ("awarded", "五星级")
