"""The county as issue and law want it: counts, shares, meetings, accounts, records."""

from collections import Counter
from datetime import timedelta

from committees import queries, recount
from committees.models import Ballot, Meeting, Member, PostsChosen, Term, Turnout
from portal.accounts.models import User
from portal.demo.accounts import ACCOUNTS, NEIGHBOUR, OWNER
from portal.demo.meetings import SHORT
from portal.firms.models import ServiceContract
from portal.owners.models import Owner, RollImport
from portal.owners.queries import counting_of, totals
from portal.owners.rules.identity import read_number
from portal.places.models import Compound, Part, Region
from portal.publicity.models import Publicity

from .conftest import DAY

YEAR_AGO = DAY.replace(year=DAY.year - 1)


def re_elections():
    compounds = Compound.objects.values_list("pk", flat=True)
    return queries.re_elections(compounds, first_on=YEAR_AGO, last_on=DAY)


def test_four_thousand_parts_in_fourteen_compounds_of_five_kinds(county):
    assert Part.objects.count() == 4000
    assert Compound.objects.count() == 14
    assert set(Compound.objects.values_list("kind", flat=True)) == set(Compound.Kind.values)


def test_the_tree_has_the_seven_streets_eleven_towns_and_four_townships(county):
    streets = Region.objects.filter(level="street").values_list("name", flat=True)
    assert Counter(name[-2:] if name.endswith("街道") else name[-1] for name in streets) == {
        "街道": 7,
        "镇": 11,
        "乡": 4,
    }
    assert Compound.objects.exclude(region__level="community").count() == 0


def test_every_roll_was_taken_in_whole(county):
    rows = RollImport.objects.values_list("rows", flat=True)
    assert len(rows) == 14
    assert [row["new"] for row in rows] == [row["read"] for row in rows]


def test_the_registered_area_is_the_rolls(county):
    for compound in Compound.objects.all():
        counting = counting_of(compound, on=DAY)
        assert totals(compound, counting)[1] == compound.registered_area


def test_owners_are_nobody(county):
    owners = list(Owner.objects.all())
    assert all(owner.phone.startswith("+86100") for owner in owners)
    numbers = [owner.id_number for owner in owners if owner.kind == Owner.Kind.PERSON]
    assert all(number.startswith("999999") for number in numbers)
    assert all(read_number(number) == "" for number in numbers)
    assert all(read_number(number, demonstration=True) == number for number in numbers)


def test_seven_committees_were_re_elected_within_the_year(county):
    assert len(re_elections()) == 7
    assert len({one.committee for one in re_elections()}) == 7
    assert all(one.election is not None for one in re_elections())


def test_fifteen_party_members_entered_newly(county):
    assert sum(one.newly_entered_party_members for one in re_elections()) == 15


def test_every_re_elected_committee_is_above_half_by_the_rule(county):
    standings = queries.committee_standings(
        [one.compound for one in re_elections()], on=DAY
    ).values()
    assert len(standings) == 7
    assert [one.met for one in standings] == [True] * 7
    assert all(one.in_term for one in standings)


def test_their_chairs_are_chosen_once_the_first_meeting_has_come(county):
    terms = Term.objects.filter(meeting__isnull=False)
    met = {term.pk for term in terms if term.starts_on + timedelta(days=3) < DAY}
    assert (len(terms), len(met)) == (7, 6)
    chosen = PostsChosen.objects.filter(term__in=terms).prefetch_related("held")
    posts = {row.term_id: sorted(one.post for one in row.held.all()) for row in chosen}
    assert posts == {key: ["chair", "vice"] for key in met}


def test_an_alternate_and_a_by_election_add_nothing_to_the_fifteen(county):
    assert Member.objects.filter(alternate_rank=1, is_party_member=True).exists()
    assert Meeting.objects.filter(stage="open", matters__elects="vacancies").exists()


def test_one_member_resigned_and_the_alternate_moved_up(county):
    (leaver,) = Member.objects.filter(end_reason=Member.Ending.RESIGNED)
    follower = Member.objects.get(came_for=leaver)
    assert (DAY - leaver.until).days == 120
    assert follower.since == leaver.until + timedelta(days=1)
    assert leaver.term.members.sitting(leaver.until).count() == 7
    assert leaver.term.members.sitting(follower.since).count() == 7
    assert (leaver.is_party_member, follower.is_party_member) == (False, True)


def test_one_term_is_over_and_nobody_follows(county):
    places = Compound.objects.values_list("pk", flat=True)
    standings = queries.committee_standings(places, on=DAY).values()
    assert [one.name for one in standings if not one.in_term] == ["茶韵苑业主委员会"]


def test_two_meetings_are_in_progress_at_different_stages(county):
    stages = Meeting.objects.exclude(stage="counted").values_list("stage", flat=True)
    assert sorted(stages) == ["open", "published"]


def test_one_turnout_is_just_short_of_two_thirds(county):
    meeting = Meeting.objects.get(stage="open")
    row = Turnout.objects.get(meeting=meeting, scope="homes")
    bar = queries.rules_of(meeting).participation
    assert bar.still_needed(row.heads, of=row.eligible_heads) == SHORT
    assert not bar.cleared_by(row.heads, of=row.eligible_heads)
    assert bar.cleared_by(row.heads + SHORT, of=row.eligible_heads)


def test_chen_can_still_vote_and_lin_has_voted(county):
    meeting = Meeting.objects.get(stage="open")
    voted = []
    for account in (OWNER, NEIGHBOUR):
        user = User.objects.by_phone(f"+86{account.phone}")
        voter = queries.voters_of(meeting, user.pk)[0]
        voted.append(Ballot.objects.filter(meeting=meeting, voter=voter).exists())
    assert voted == [False, True]


def test_nobody_has_a_password_but_the_listed(county):
    usable = {user.phone for user in User.objects.all() if user.has_usable_password()}
    assert usable == {f"+86{account.phone}" for account in ACCOUNTS}
    assert User.objects.count() > len(ACCOUNTS)


def test_a_contract_ends_soon_and_some_compounds_manage_themselves(county):
    in_force = ServiceContract.objects.in_force(DAY)
    ending = in_force.filter(ends_on__lte=DAY + timedelta(days=60))
    assert [contract.compound.name for contract in ending] == ["幸福花园"]
    assert Compound.objects.exclude(pk__in=in_force.values("compound")).count() == 3


def test_every_posted_text_has_its_clock(county):
    assert Publicity.objects.count() > 20
    assert Publicity.objects.filter(start__isnull=True).count() == 0


def test_no_step_needed_a_waiver(county):
    assert Meeting.objects.filter(waivers__isnull=False).count() == 0


def test_every_finished_meetings_record_passes_the_recount(county, tmp_path, capfd):
    finished = Meeting.objects.filter(stage="counted")
    assert finished.count() == 7
    for meeting in finished:
        folder = tmp_path / str(meeting.pk)
        folder.mkdir()
        for name, pieces in queries.record_files(meeting).items():
            (folder / name).write_bytes(b"".join(pieces))
        assert recount.main([str(folder)]) == 0
        assert capfd.readouterr().out == "PASS\n"
