"""What is counted: every figure below was worked out by hand from the format."""

import hashlib


def sums(*pairs):
    return [{"heads": heads, "area": area} for heads, area in pairs]


def both(value):
    return {"heads": value, "area": value}


def elect(record, make_election, marks, areas=None, *, rules=None, **matter):
    """A record whose voters mark the candidates as given, one voter a row."""
    book = record(
        [make_election(candidates=len(marks[0]), **matter)],
        areas or [100] * len(marks),
        **rules or {},
    )
    book.event("opened")
    for n, row in enumerate(marks, 1):
        book.ballot(f"v{n}", m2=row)
    book.event("closed")
    return book


def decide(record, make_decision, marks, areas=None, *, rules=None, **matter):
    book = record([make_decision(**matter)], areas or [100] * len(marks), **rules or {})
    book.event("opened")
    for n, row in enumerate(marks, 1):
        if row:
            book.ballot(f"v{n}", m1=row)
        else:
            book.event("served", voter=f"v{n}")
    book.event("closed")
    return book


AGREE, AGAINST, ABSTAIN, FOLLOW = [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]


def test_the_handmade_record_passes(handmade, run, tmp_path):
    assert run(handmade.write(tmp_path / "r")) == (0, "PASS\n", "")


def test_the_handmade_record_is_counted_as_by_hand(handmade, count):
    assert count(handmade) == handmade.result["matters"]


def test_two_parts_of_one_voter_are_one_head_and_their_sum(record, make_decision, count):
    book = decide(record, make_decision, [AGREE, AGAINST])
    book.parts.append(("p99", "v1", 50, "all"))
    assert count(book)[0]["options"][:2] == sums((1, 150), (1, 100))


def test_an_unset_matter_and_two_options_at_once_take_part_and_support_nothing(
    record, make_decision, count
):
    book = decide(record, make_decision, [AGREE, [1, 1, 0, 0], [0, 0, 0, 0]])
    book.parts.append(("p99", "v9", 100, "all"))
    book.events.pop()
    book.ballot("v9")
    book.event("closed")
    counted = count(book)[0]
    assert counted["participated"] == {"heads": 4, "area": 400}
    assert counted["options"] == sums((1, 100), (0, 0), (0, 0), (0, 0))


def test_more_candidates_than_allowed_support_none_of_them(record, make_election, count):
    counted = count(elect(record, make_election, [[1, 1, 1], [1, 1, 0]], max_choices=2))[0]
    assert counted["participated"] == {"heads": 2, "area": 200}
    assert [one["heads"] for one in counted["candidates"]] == [1, 1, 0]


def test_who_has_no_part_in_the_scope_takes_no_part(record, make_decision, count):
    book = decide(record, make_decision, [AGREE, AGAINST], scope="b1")
    book.parts[0] = ("p01", "v1", 100, "all;b1")
    counted = count(book)[0]
    assert (counted["eligible"], counted["participated"]) == tuple(sums((1, 100), (1, 100)))
    assert counted["options"][:2] == sums((1, 100), (0, 0))


def test_a_scope_of_no_part_clears_no_bar(record, make_decision, count):
    nothing = {"num": 0, "den": 1, "inclusive": True}
    rules = {"participation": nothing, "ordinary": nothing}
    book = decide(record, make_decision, [AGREE], rules=rules, scope="b9")
    counted = count(book)[0]
    assert counted["eligible"] == {"heads": 0, "area": 0}
    assert (counted["participation"], counted["agreement"]) == (both(False), both(False))
    assert counted["passed"] is False


def test_two_thirds_are_enough_to_take_part_and_a_head_less_is_not(record, make_decision, count):
    exactly = decide(record, make_decision, [AGREE, AGREE, []])
    assert count(exactly)[0]["participation"] == both(True)
    short = decide(record, make_decision, [AGREE, AGREE, []], areas=[100, 100, 101])
    assert count(short)[0]["participation"] == {"heads": True, "area": False}


def test_half_is_not_over_half_and_three_quarters_are_three_quarters(record, make_decision, count):
    half = decide(record, make_decision, [AGREE, AGAINST], areas=[101, 100])
    assert count(half)[0]["agreement"] == {"heads": False, "area": True}
    votes = [AGREE, AGREE, AGREE, AGAINST]
    special = decide(record, make_decision, votes, areas=[99, 100, 100, 100], bar="special")
    assert count(special)[0]["agreement"] == {"heads": True, "area": False}


def test_shares_are_compared_without_floats(record, make_decision, count):
    book = decide(record, make_decision, [AGREE, []], areas=[2 * 10**30, 10**30])
    assert count(book)[0]["participation"] == {"heads": False, "area": True}
    book = decide(record, make_decision, [AGREE, []], areas=[2 * 10**30 - 1, 10**30 + 1])
    assert count(book)[0]["participation"] == {"heads": False, "area": False}


def test_followers_join_agree_for_the_test_only(record, make_decision, count):
    counted = count(decide(record, make_decision, [AGREE, AGREE, AGAINST, FOLLOW, ABSTAIN]))[0]
    assert counted["options"] == sums((2, 200), (1, 100), (1, 100), (1, 100))
    assert counted["agreement"] == both(True)


def test_followers_stay_where_heads_and_area_lead_to_different_options(
    record, make_decision, count
):
    votes = [AGREE, AGREE, AGAINST, FOLLOW]
    counted = count(decide(record, make_decision, votes, areas=[100, 100, 300, 200]))[0]
    assert counted["agreement"] == {"heads": False, "area": False}


def test_followers_stay_where_one_measure_is_tied(record, make_decision, count):
    votes = [AGREE, AGREE, AGAINST, FOLLOW]
    counted = count(decide(record, make_decision, votes, areas=[100, 100, 200, 300]))[0]
    assert counted["agreement"] == {"heads": False, "area": False}


def test_followers_of_against_do_not_agree(record, make_decision, count):
    votes = [AGREE, AGAINST, AGAINST, FOLLOW, FOLLOW]
    counted = count(decide(record, make_decision, votes))[0]
    assert counted["agreement"] == both(False)


def test_abstentions_are_no_majority_to_follow(record, make_decision, count):
    votes = [AGREE, AGREE, FOLLOW, ABSTAIN, ABSTAIN, ABSTAIN, FOLLOW, FOLLOW, FOLLOW]
    assert count(decide(record, make_decision, votes))[0]["agreement"] == both(True)


def test_all_who_follow_an_option_nobody_chose_stay(record, make_decision, count):
    book = decide(record, make_decision, [[0, 1], [0, 1]], options=["agree", "follow"])
    counted = count(book)[0]
    assert counted["options"] == sums((0, 0), (2, 200))
    assert (counted["participation"], counted["agreement"]) == (both(True), both(False))


def test_the_served_and_silent_are_deemed_to_take_part_and_to_follow(record, make_decision, count):
    votes = [AGREE, AGREE, AGAINST, [], []]
    strict = count(decide(record, make_decision, votes))[0]
    assert strict["participated"] == {"heads": 3, "area": 300}
    assert strict["participation"] == both(False)
    deemed = count(decide(record, make_decision, votes, rules={"deemed": "follow"}, bar="special"))[
        0
    ]
    assert deemed["participated"] == {"heads": 5, "area": 500}
    assert deemed["options"] == sums((2, 200), (1, 100), (0, 0), (0, 0))
    assert (deemed["participation"], deemed["agreement"]) == (both(True), both(True))


def test_the_deemed_lift_the_whole_even_if_there_is_no_majority_to_follow(
    record, make_decision, count
):
    rules = {"deemed": "follow"}
    counted = count(decide(record, make_decision, [AGREE, AGAINST, [], []], rules=rules))[0]
    assert counted["participated"] == {"heads": 4, "area": 400}
    assert counted["agreement"] == both(False)


def test_a_decision_has_its_own_deemed(record, make_decision, count):
    votes = [AGREE, []]
    own = decide(record, make_decision, votes, rules={"deemed": "follow"}, deemed="none")
    assert count(own)[0]["participated"] == {"heads": 1, "area": 100}
    other = decide(record, make_decision, votes, deemed="follow")
    assert count(other)[0]["participated"] == {"heads": 2, "area": 200}


def test_who_was_not_served_is_not_deemed_and_may_be_served_after_the_close(
    record, make_decision, count
):
    book = decide(record, make_decision, [AGREE], areas=[100, 100, 100], deemed="follow")
    book.event("served", voter="v3")
    book.event("served", voter="nobody")
    assert count(book)[0]["participated"] == {"heads": 2, "area": 200}


def test_who_had_every_ballot_voided_has_cast_nothing(record, make_decision, count):
    book = decide(record, make_decision, [AGREE, AGAINST, AGAINST], deemed="follow")
    book.event("served", voter="v2")
    book.event("voided", seq=3, reason="代签")
    book.event("voided", seq=4, reason="代签")
    counted = count(book)[0]
    assert counted["participated"] == {"heads": 2, "area": 200}
    assert counted["options"][:2] == sums((1, 100), (0, 0))
    assert counted["agreement"] == both(True)


def test_the_deemed_never_take_part_in_elections(record, make_election, count):
    book = elect(record, make_election, [[1], [1]], [100] * 3, rules={"deemed": "follow"})
    book.event("served", voter="v3")
    assert count(book)[0]["participated"] == {"heads": 2, "area": 200}


def duplicated(record, make_decision, rule, *ballots):
    """One voter's ballots, each a channel and a mark; the option that counted."""
    book = record([make_decision()], [100], duplicate=rule)
    book.event("opened")
    for channel, row in ballots:
        book.ballot("v1", channel, m1=row)
    book.event("closed")
    return book


def test_of_several_ballots_the_rule_names_the_one_that_counts(record, make_decision, count):
    ballots = [
        ("onsite", AGREE),
        ("paper", AGAINST),
        ("online", ABSTAIN),
        ("paper", FOLLOW),
        ("online", FOLLOW),
    ]
    chosen = {}
    for rule in ("first", "last", "online", "paper"):
        counted = count(duplicated(record, make_decision, rule, *ballots))[0]
        chosen[rule] = [option["heads"] for option in counted["options"]]
    assert chosen == {"first": AGREE, "last": FOLLOW, "online": ABSTAIN, "paper": AGAINST}


def test_without_a_ballot_of_the_channel_the_first_of_any_counts(record, make_decision, count):
    book = duplicated(record, make_decision, "online", ("proxy", AGAINST), ("paper", AGREE))
    assert count(book)[0]["options"][:2] == sums((0, 0), (1, 100))


def test_a_voided_ballot_is_no_ballot_among_several(record, make_decision, count):
    ballots = [("online", AGREE), ("paper", AGAINST), ("online", ABSTAIN)]
    chosen = {}
    for rule in ("first", "last", "online", "paper"):
        book = duplicated(record, make_decision, rule, *ballots)
        book.event("voided", seq=2, reason="重复")
        chosen[rule] = [option["heads"] for option in count(book)[0]["options"]]
    assert chosen == {"first": AGAINST, "last": ABSTAIN, "online": ABSTAIN, "paper": AGAINST}


def test_candidates_are_ranked_by_heads_and_then_by_area(record, make_election, count):
    marks = [[1, 1, 1], [1, 1, 1], [0, 1, 1], [0, 0, 1]]
    counted = count(elect(record, make_election, marks, [100, 100, 50, 20], bar="special"))[0]
    assert (counted["elected"], counted["open_seats"]) == (["c3", "c2"], 0)
    assert [one["qualified"] for one in counted["candidates"]] == [False, True, True]


def test_area_may_rank_first(record, make_election, count):
    marks = [[1, 1, 0], [1, 1, 1], [1, 0, 1], [0, 1, 1], [1, 0, 1]]
    areas = [100, 100, 10, 90, 10]
    by_heads = count(elect(record, make_election, marks, areas, seats=1))[0]
    by_area = elect(record, make_election, marks, areas, rules={"rank_by": ["area"]}, seats=1)
    assert by_heads["elected"] == ["c1"]
    assert count(by_area)[0]["elected"] == ["c2"]


def test_a_failed_participation_elects_nobody_and_leaves_who_qualifies(
    record, make_election, count
):
    counted = count(elect(record, make_election, [[1, 0, 0]], [100, 100]))[0]
    assert [one["qualified"] for one in counted["candidates"]] == [True, False, False]
    assert (counted["elected"], counted["tied"], counted["open_seats"]) == ([], [], 2)
    assert counted["party"] == {"members": 0, "party_members": 0, "met": False}


TIE = [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 0], [1, 0, 0, 0]]  # c1 4, c2 3, c3 3, c4 2 of 4
TIED = [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1], [1, 0, 0, 0]]  # c1 4, the others 3 of 4


def test_a_tie_across_the_last_seat_is_left_open(record, make_election, count):
    counted = count(elect(record, make_election, TIED, alternates=2))[0]
    assert (counted["elected"], counted["alternates"]) == (["c1"], [])
    assert (counted["tied"], counted["open_seats"]) == (["c2", "c3", "c4"], 1)
    assert counted["party"] == {"members": 1, "party_members": 1, "met": True}


def test_all_may_be_tied(record, make_election, count):
    counted = count(elect(record, make_election, [[1, 1, 1], [1, 1, 1]]))[0]
    assert (counted["elected"], counted["tied"]) == ([], ["c1", "c2", "c3"])
    assert counted["open_seats"] == 2


def test_a_tie_within_the_seats_hurts_nobody(record, make_election, count):
    counted = count(elect(record, make_election, TIE, seats=3))[0]
    assert (counted["elected"], counted["tied"]) == (["c1", "c2", "c3"], [])
    assert counted["open_seats"] == 0


def test_a_tie_across_the_last_alternate_makes_none_of_them_one(record, make_election, count):
    counted = count(elect(record, make_election, TIED, seats=1, alternates=2))[0]
    assert (counted["elected"], counted["alternates"], counted["tied"]) == (["c1"], [], [])


def test_who_ranks_above_the_tied_alternates_is_one(record, make_election, count):
    marks = [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 0, 0], [1, 0, 0, 0]]
    counted = count(elect(record, make_election, marks, seats=1, alternates=2))[0]
    assert (counted["elected"], counted["alternates"]) == (["c1"], ["c2"])


def test_the_qualified_that_are_too_few_leave_seats_open(record, make_election, count):
    counted = count(elect(record, make_election, [[1, 0, 0], [1, 0, 0]], seats=3))[0]
    assert (counted["elected"], counted["open_seats"]) == (["c1"], 2)


def test_the_lot_orders_the_tied_by_their_hash(record, make_election, count):
    rules = {"tie": "lot", "lot_seed": "seed"}
    counted = count(elect(record, make_election, TIED, rules=rules, alternates=2))[0]
    drawn = sorted(
        ["c2", "c3", "c4"], key=lambda one: hashlib.sha256(f"seed:{one}".encode()).hexdigest()
    )
    assert counted["elected"] == ["c1", drawn[0]]
    assert (counted["alternates"], counted["tied"]) == (drawn[1:], [])


def test_no_seat_and_no_candidate_are_no_obstacle(record, make_election, count):
    counted = count(elect(record, make_election, [[1, 1], [1, 1]], seats=0, alternates=2))[0]
    assert (counted["elected"], counted["alternates"]) == ([], ["c1", "c2"])
    empty = count(elect(record, make_election, [[], []]))[0]
    assert (empty["candidates"], empty["open_seats"]) == ([], 2)


def test_the_party_share_of_the_elected_may_be_exactly_the_target(record, make_election, count):
    inclusive = {"party_target": {"num": 1, "den": 2, "inclusive": True}}
    marks = [[1, 1, 0], [1, 1, 0]]
    strict = count(elect(record, make_election, marks))[0]
    assert strict["party"] == {"members": 2, "party_members": 1, "met": False}
    assert count(elect(record, make_election, marks, rules=inclusive))[0]["party"]["met"] is True


def test_without_a_target_the_share_meets_none(record, make_election, count):
    book = elect(record, make_election, [[1, 1, 0], [1, 1, 0]])
    del book.rules["party_target"]
    assert count(book)[0]["party"] == {"members": 2, "party_members": 1}
