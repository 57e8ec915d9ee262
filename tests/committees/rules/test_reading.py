"""What is read back from result.json is what was counted, to the last figure."""

from hypothesis import given

from committees.rules.reading import read_results
from committees.rules.record import result_values, strict_values
from committees.rules.tally import ElectionResult, count
from committees.rules.thresholds import Measure

from .test_tally_properties import meetings


@given(meetings())
def test_the_result_that_is_read_is_the_one_that_was_counted(drawn):
    meeting, parts, cast, served, voided = drawn
    counted = count(meeting, parts, cast, served=served, voided=voided)
    assert read_results(meeting, result_values(counted), strict_values(counted)) == counted


@given(meetings())
def test_the_ranking_is_by_votes_and_the_elected_stand_in_it_in_their_order(drawn):
    meeting, parts, cast, served, voided = drawn
    for one in count(meeting, parts, cast, served=served, voided=voided):
        if not isinstance(one, ElectionResult):
            continue
        first, *_rest = meeting.rules.rank_by
        votes = [who.agreement.part.by(Measure(first)) for who in one.ranked]
        assert votes == sorted(votes, reverse=True)
        seated = one.seating.elected + one.seating.alternates
        assert [who for who in one.ranking if who in seated] == list(seated)


@given(meetings())
def test_who_agrees_in_the_end_is_who_said_so_and_who_was_added(drawn):
    meeting, parts, cast, served, voided = drawn
    for one in count(meeting, parts, cast, served=served, voided=voided):
        if not isinstance(one, ElectionResult):
            agreed = one.options[0] + one.followed + one.deemed_to_agree
            assert one.verdict.agreement.part == agreed
