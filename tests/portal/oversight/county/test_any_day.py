"""For any day and any office, a number of the county's page is the length of the list it leads to.

The county is built once for a test and only read: a meeting that was counted and one that is
called, re-elections, terms that run out, equipment with missed checks and a defect, a campaign
on its way.  Days are drawn; so are those just before and after something happened.
"""

from datetime import date

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.campaigns.queries import states
from portal.oversight.documents.campaigns import COUNTS
from portal.oversight.documents.county import overview
from portal.oversight.documents.figures import EVERY, GROUPS
from portal.oversight.documents.listings import LISTINGS
from portal.oversight.documents.meetings import stages_table
from portal.oversight.queries.county import compound_rows
from portal.oversight.queries.fire import with_fire
from portal.oversight.queries.scope import children_of, scope_on
from portal.publicity.models import Publicity
from tests.factories.county import NOON

FIGURES = [figure for _group, figures in GROUPS for figure in figures]
SUMS = {"fire": 3, "re-elections:entered": -1}  # the column whose sum the figure is
STREETS = [None, 0, 1, 2]
days = st.dates(date(2026, 1, 1), NOON.date())
TURNS = [
    date(2026, *day) for day in ((2, 28), (3, 1), (9, 11), (10, 1), (10, 6), (10, 7), (11, 24))
]


ABSENT = "未登记"


def scope_of(county, street, on):
    return scope_on(county.region if street is None else county.streets[street], on, NOON)


def number_behind(figure, listing):
    """What the list of a figure adds up to."""
    key = f"{figure.name}:{figure.show}" if figure.show else figure.name
    place = SUMS.get(key)
    if place is None:
        return len(listing.table.rows)
    if not listing.table.rows:
        return 0
    return added(row[place].value for row in listing.table.rows)


def added(values):
    """The sum of what was registered; the word where nothing was."""
    known = [value for value in values if value != ABSENT]
    return sum(known) if known else ABSENT


def every_day(test):
    """Any day and street, and for sure the days on which something turned."""
    for on in TURNS:
        test = example(on=on, street=None)(test)
    given_ = given(on=days, street=st.sampled_from(STREETS))
    quiet = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    return quiet(given_(test))


@every_day
def test_each_number_is_what_the_rows_of_its_list_add_up_to(lived_in, on, street):
    scope = scope_of(lived_in, street, on)
    rows = compound_rows(scope)
    counted = with_fire(rows, scope)
    found = {
        str(figure.words): (
            ABSENT if (number := figure.sum(counted)) is None else number,
            number_behind(figure, LISTINGS[figure.name](scope, rows, figure.show)),
        )
        for figure in FIGURES
    }
    told = {words: pair[0] for words, pair in found.items()}
    # a list of what nobody registered is empty
    assert {words: pair[1] or told[words] for words, pair in found.items()} == told


@every_day
def test_every_choice_of_a_list_says_how_many_rows_it_leads_to(lived_in, on, street):
    scope = scope_of(lived_in, street, on)
    rows = compound_rows(scope)
    for name, make in LISTINGS.items():
        for choice in make(scope, rows, "").choices:
            show = choice.href.partition("show=")[2].partition("&")[0].replace("%3A", ":")
            chosen = make(scope, rows, show)
            assert (name, show, len(chosen.table.rows)) == (name, show, choice.count)
            assert [one.words for one in chosen.choices if one.is_chosen] == [choice.words]


@every_day
def test_no_row_of_any_list_lies_outside_the_region_asked_of(lived_in, on, street):
    scope = scope_of(lived_in, street, on)
    here = {one.name for one in lived_in.compounds if one.region.path.startswith(scope.region.path)}
    rows = compound_rows(scope)
    assert {row.compound.name for row in rows} == here
    for make in LISTINGS.values():
        for choice in make(scope, rows, "").choices:
            show = choice.href.partition("show=")[2].partition("&")[0].replace("%3A", ":")
            named = {row[0].value for row in make(scope, rows, show).table.rows}
            assert named <= here


@every_day
def test_the_lines_of_the_regions_add_up_to_the_sum_below_and_to_the_tiles(lived_in, on, street):
    scope = scope_of(lived_in, street, on)
    rows = with_fire(compound_rows(scope), scope)
    shown = overview(scope, rows, children_of(scope.region))
    numbers = [[cell.value for cell in line[1:]] for line in shown.regions.rows]
    foot = [cell.value for cell in shown.regions.foot[1:]]
    assert [added(column) for column in zip(*numbers, strict=True)] == (foot if numbers else [])
    tiles = {
        tile.words: ABSENT if tile.number is None else tile.number
        for _words, group in shown.groups
        for tile in group
    }
    assert foot == [tiles[str(figure.words)] for figure in EVERY]


@every_day
def test_the_stages_of_meetings_lead_to_as_many_meetings(lived_in, on, street):
    scope = scope_of(lived_in, street, on)
    rows = compound_rows(scope)
    table = stages_table(scope, rows)
    for line in (*table.rows, table.foot):
        for cell in line[1:]:
            show = cell.href.partition("show=")[2].partition("&")[0]
            listed = LISTINGS["meetings"](scope, rows, show) if cell.href else None
            assert cell.value == (len(listed.table.rows) if listed else 0)


@every_day
def test_the_state_of_a_campaign_is_the_entries_it_leads_to(lived_in, on, street):
    scope = scope_of(lived_in, street, on)
    rows = compound_rows(scope)
    for state in states(scope.region.path, on=on):
        for key, count in COUNTS.items():
            listed = LISTINGS["campaigns"](scope, rows, f"{state.campaign.code}:{key}")
            assert (key, len(listed.table.rows)) == (key, count.of(state))


@every_day
def test_results_in_publicity_are_the_same_in_both_lists(lived_in, on, street):
    """The campaign's entries and the publicities are counted by different queries."""
    scope = scope_of(lived_in, street, on)
    rows = compound_rows(scope)
    kind = Publicity.Kind.CAMPAIGN
    posted = sum(one.publicity.kind == kind for row in rows for one in row.publicities)
    entries = sum(state.in_publicity for state in states(scope.region.path, on=on))
    assert posted == entries


def test_something_of_everything_is_there_or_the_tests_above_say_nothing(lived_in):
    seen = {str(figure.words): 0 for figure in FIGURES}
    for on in [*TURNS, date(2026, 9, 15), date(2026, 10, 3)]:
        scope = scope_of(lived_in, None, on)
        rows = with_fire(compound_rows(scope), scope)
        for figure in FIGURES:
            seen[str(figure.words)] = max(seen[str(figure.words)], figure.sum(rows) or 0)
    assert [words for words, most in seen.items() if not most] == []
    (state,) = states(lived_in.region.path, on=date(2026, 10, 6))
    assert (state.submitted, state.scored_by_county, state.in_publicity) == (2, 2, 2)
