"""Every figure of a result, on every page and paper, is the one that result.json gives.

Meetings are drawn with followers, deemed voters, ties, several scopes, elections and quorums that
fail.  What each page should print is written out here anew from result.json, by the words of
election-record/1, and compared whole.
"""

import json
import re
from fractions import Fraction
from html import unescape
from itertools import count as numbers

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees import documents
from committees.models import AnnouncedPlan, Candidate, Matter, Meeting, Result
from committees.rules import record, tally
from committees.rules.ballots import Ballot
from committees.rules.manifest import Manifest, Plan, manifest_json, rules_values
from committees.rules.matters import Decision
from portal.publicity.documents import Paragraph, Table
from tests.factories import committees
from tests.factories.meetings import CLOSED, OPENED, PREPARED

from .rules import test_tally_properties as drawing

OPTIONS = {"agree": "同意", "against": "反对", "abstain": "弃权", "follow": "从多"}
SHAPES = [tuple(OPTIONS)[:3], tuple(OPTIONS), tuple(OPTIONS)]
STANDINGS = {"elected": "当选", "alternates": "候补", "tied": "末位得票相同，待定"}
MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SERIAL = numbers(1)


@st.composite
def ballots(draw, matters, voters):
    """Ballots that mostly say something, so that many follow a majority that there is."""
    said = st.sampled_from(["agree", "agree", "against", "abstain", "follow", "follow"])
    cast = draw(st.lists(st.sampled_from(voters), unique=True))
    return [
        Ballot(seq, voter, "online", {one.id: marks(draw, one, draw(said)) for one in matters})
        for seq, voter in enumerate(cast, start=1)
    ]


def marks(draw, matter, said):
    if isinstance(matter, Decision):
        return tuple(int(name == said) for name in matter.options)
    return tuple(draw(st.integers(0, 1)) for _ in matter.candidates)


@pytest.fixture
def shapes(monkeypatch):
    monkeypatch.setattr(drawing, "OPTIONS", SHAPES)
    monkeypatch.setattr(drawing, "ballots", ballots)


@pytest.fixture
def hall(cast):
    """Where the meetings are held, with somebody for each place on a list of candidates."""
    return cast, committees.owners(cast.compound, 5)


def held(hall, value, counted) -> Meeting:
    """A counted meeting of these matters, as the record keeps it."""
    (cast, owners), number = hall, f"2026-{next(SERIAL)}"
    title = f"会议{number}"
    plan = Plan(cast.compound.code, cast.compound.name, number, title, CLOSED, value)
    kept = Manifest(plan, OPENED, parts_sha256="")
    meeting = Meeting.objects.create(
        compound=cast.compound,
        number=number,
        title=title,
        stage=Meeting.Stage.COUNTED,
        opens_at=OPENED,
        closes_at=CLOSED,
        announced_closes_at=CLOSED,
        rules=rules_values(value.rules),
        manifest=manifest_json(kept).decode(),
        created_at=PREPARED,
    )
    for position, matter in enumerate(value.matters, start=1):
        _put(meeting, owners, matter, position)
    Result.objects.create(
        compound=cast.compound,
        meeting=meeting,
        counted_at=CLOSED,
        result=record.result_values(counted),
        strict=record.strict_values(counted),
        manifest_sha256="0" * 64,
        last_hash="0" * 64,
        by=cast.li.pk,
    )
    return meeting


def _put(meeting, owners, matter, position) -> None:
    asked = {"compound": meeting.compound, "meeting": meeting, "position": position}
    asked |= {"title": f"事项{position}", "bar": matter.bar, "scope": matter.scope}
    if isinstance(matter, Decision):
        may_follow = "follow" in matter.options
        Matter.objects.create(**asked, kind=Matter.Kind.DECISION, may_follow=may_follow)
        return
    size = {"seats": matter.seats, "alternates": matter.alternates}
    row = Matter.objects.create(
        **asked | size,
        max_choices=matter.max_choices,
        kind=Matter.Kind.ELECTION,
        elects=Matter.Body.OTHER,
    )
    for place, who in enumerate(matter.candidates):
        Candidate.objects.create(
            compound=meeting.compound,
            matter=row,
            owner=owners[place],
            position=place,
            name=f"人{who.id}",
            is_party_member=who.party_member,
            nominated_at=PREPARED,
        )


# What should stand there, from result.json alone.


def percent(part, of):
    """Half up to two places, or to as many as keep it on its own side of 0, 1/2, 2/3 and 1."""
    if not of:
        return "—"
    exact, places = Fraction(part, of), 2
    while True:
        scale = 100 * 10**places
        shown = (2 * exact.numerator * scale + exact.denominator) // (2 * exact.denominator)
        near = Fraction(shown, scale)
        turns = {Fraction(0), Fraction(1, 2), Fraction(2, 3), Fraction(1)} - {exact}
        if all((exact > turn, exact < turn) == (near > turn, near < turn) for turn in turns):
            digits = str(shown).rjust(places + 1, "0")
            return f"{digits[:-places]}.{digits[-places:]}%"
        places += 1


def figure(number, measure):
    return f"{number:,}" if measure == "heads" else f"{number // 100:,}.{number % 100:02}"


UNITS = {"heads": "人", "area": "㎡"}
LABELS = {
    "participation": {"heads": "参与人数", "area": "参与面积"},
    "agreement": {"heads": "同意人数（占参与）", "area": "同意面积（占参与）"},
}


def least(bar, of):
    """The smallest number that clears the bar; None if not even all of it does."""
    exact = bar["num"] * of
    number = -(-exact // bar["den"]) if bar["inclusive"] else exact // bar["den"] + 1
    return number if of > 0 and number <= of else None


def gate(name, bar, part, of, cleared):
    """The lines of a gate: label, figures, share, bar, verdict; the verdict is result.json's."""
    for measure, unit in UNITS.items():
        needed = least(bar, of[measure])
        assert cleared[measure] == (needed is not None and part[measure] >= needed)
        rule = f"须{'达到' if bar['inclusive'] else '超过'} {bar['num']}/{bar['den']}"
        verdict = "已达到" if cleared[measure] else "未达到"
        if needed is not None:
            rule += f"，即至少 {figure(needed, measure)} {unit}"
            if not cleared[measure]:
                verdict = f"还差 {figure(needed - part[measure], measure)} {unit}"
        figures = f"{figure(part[measure], measure)} / {figure(of[measure], measure)} {unit}"
        share = percent(part[measure], of[measure])
        yield LABELS[name][measure], figures, share, rule, verdict


def agreed(one, cast, options):
    """Who agrees once those who follow the majority, and the deemed, are added to it."""
    own = dict(zip(options, one["options"], strict=True))
    ahead = {
        name
        for measure in UNITS
        for name in ("agree", "against")
        if own[name][measure] == max(own["agree"][measure], own["against"][measure])
    }
    leads = ahead == {"agree"} and own["agree"]["heads"] > 0
    added = dict.fromkeys(UNITS, 0)
    if leads:
        for measure in UNITS:
            deemed = one["participated"][measure] - cast["participated"][measure]
            added[measure] = own.get("follow", added)[measure] + deemed
    return {measure: own["agree"][measure] + added[measure] for measure in UNITS}


def lines_of(manifest, matter, one, strict):
    rules = manifest["rules"]
    took_part, eligible = one["participated"], one["eligible"]
    bar = rules["participation"]
    lines = [*gate("participation", bar, took_part, eligible, one["participation"])]
    if matter["kind"] == "decision":
        part = agreed(one, strict[one["id"]], matter["options"])
        lines += gate("agreement", rules[matter["bar"]], part, took_part, one["agreement"])
        passed = [*one["participation"].values(), *one["agreement"].values()]
        assert one["passed"] == all(passed)
    return lines


def candidates_of(one):
    """The rows: name, heads and area with their shares, the bar, and what came of it."""
    took_part = one["participated"]
    for who in one["candidates"]:
        outcome = [words for name, words in STANDINGS.items() if who["id"] in one[name]]
        yield (
            f"人{who['id']}",
            f"{who['heads']:,}（{percent(who['heads'], took_part['heads'])}）",
            f"{figure(who['area'], 'area')} ㎡（{percent(who['area'], took_part['area'])}）",
            "达到" if who["qualified"] else "未达到",
            *outcome,
        )


def votes_in_order(manifest, one, rows):
    """The votes of the candidates as they are listed, by the measures that rank them."""
    measures = manifest["rules"]["rank_by"]
    won = {f"人{who['id']}": [-who[measure] for measure in measures] for who in one["candidates"]}
    return [won[row[0]] for row in rows]


# What does stand there.


GAUGE = re.compile(
    r'gauge-label">(.*?)<.*?gauge-figure">(.*?)</span>，(.*?)<.*?gauge-rule">(.*?)<.*?<strong.*?>(.*?)<',
    re.DOTALL,
)


def text(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def sections(part, meeting):
    """What the result page or the console prints of each matter."""
    shown = {"result": documents.counted_of(meeting)}
    html = render_to_string(f"committees/parts/{part}.html", shown)
    return re.findall(r"<section>(.*?)</section>", html, re.DOTALL)


def table_rows(html):
    for row in re.findall(r"<tr>(.*?)</tr>", html.partition("<tbody>")[2], re.DOTALL):
        yield tuple(text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL))


def gauges_shown(html):
    """The gauges of a page, in the order of the notice's table."""
    return [
        tuple(map(text, GAUGE.search(one).groups())) for one in html.split('<div class="gauge')[1:]
    ]


@MANY
@given(drawn=drawing.meetings())
def test_every_figure_is_that_of_the_recorded_result(shapes, hall, drawn):
    value, parts, cast, served, voided = drawn
    with transaction.atomic():
        counted = tally.count(value, parts, cast, served=served, voided=voided)
        meeting = held(hall, value, counted)
        check(meeting, counted)
        transaction.set_rollback(True)


def check(meeting, counted):
    manifest, row = json.loads(meeting.manifest), meeting.results.get()
    recorded = row.result
    strict = {one["id"]: one for one in row.strict["matters"]}
    page, console = sections("result", meeting), sections("result_short", meeting)
    notice = paper(
        documents.result_sheet(meeting, row, counted, AnnouncedPlan(sha256="0" * 64)), manifest
    )
    assert len(recorded["matters"]) == len(page) == len(console) == len(notice)
    for matter, one, *shown in zip(
        manifest["matters"], recorded["matters"], page, console, notice, strict=True
    ):
        on_page, on_console, (tables, said) = shown
        lines = lines_of(manifest, matter, one, strict)
        gauges, votes = tables if matter["kind"] == "election" else tables[::-1]
        assert list(gauges.rows) == lines
        assert gauges_shown(on_page) == lines
        if matter["kind"] == "election":
            check_election(manifest, matter, one, on_page, on_console, votes, said)
        else:
            check_decision(matter, one, lines, on_page, on_console, votes, said)


def check_decision(matter, one, lines, on_page, on_console, votes, said):
    opinions = [
        (OPTIONS[name], f"{won['heads']:,}", f"{figure(won['area'], 'area')} ㎡")
        for name, won in zip(matter["options"], one["options"], strict=True)
    ]
    assert list(votes.rows) == list(table_rows(on_page)) == opinions
    verdict = "通过" if one["passed"] else "未通过"
    assert f"本事项{verdict}。" in said
    for html in (on_page, on_console):
        assert text(html).count("通过") == 1 and f" {verdict} " in f" {text(html)} "
    brief = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", on_console)
    assert brief == [
        (label, f"{figures}，{share}，{verdict}") for label, figures, share, _rule, verdict in lines
    ]
    agreement = lines[2][1].partition(" / ")[0], lines[3][1].partition(" / ")[0]
    if agreement != (opinions[0][1], opinions[0][2].removesuffix(" ㎡")):
        total = f"共 {agreement[0]} 人（{agreement[1]} ㎡）。"
        assert total in said and total in text(on_page)


def check_election(manifest, matter, one, on_page, on_console, votes, said):
    rows = list(table_rows(on_page))
    assert list(votes.rows) == rows
    assert votes_in_order(manifest, one, rows) == sorted(votes_in_order(manifest, one, rows))
    undecided = {"未当选", "候补末位相同，待定"}  # result.json does not tell these apart
    shown = [row[:4] if row[4] in undecided else row for row in rows]
    assert sorted(shown) == sorted(candidates_of(one))
    seated, alternates = ([f"人{who}" for who in one[name]] for name in ("elected", "alternates"))
    assert [row[0] for row in rows if row[0] in seated + alternates] == seated + alternates
    elected = "、".join(seated)
    wanted = f"应选 {matter['seats']} 人，当选 {len(seated)} 人：{elected or '无'}。"
    assert wanted in said
    vacant = f"空缺 {one['open_seats']} 席" if one["open_seats"] else ""
    assert ("空缺" in said, vacant in said) == (bool(vacant), True)
    for html in (on_page, on_console):
        brief = html.partition("<table")[0]
        assert ("空缺" in brief, vacant in brief) == (bool(vacant), True)
        assert ("<strong>当选：</strong>" in brief) == bool(seated)
        assert not seated or f"<strong>当选：</strong>{elected}</p>" in brief
    check_party(one["party"], on_page, said)


def check_party(party, on_page, said):
    share = percent(party["party_members"], party["members"])
    exact = f"{party['party_members']}/{party['members']}（{share}）"
    told = f"当选人中中共党员 {party['party_members']} 人，占 {exact}"
    for words in (said, text(on_page)):
        assert ("当选人中" in words) == bool(party["members"])
        assert not party["members"] or told in words


def paper(document, manifest):
    """Of each matter of the notice its two tables and all its sentences."""
    found, inside = [], False
    for block in document.blocks:
        title = getattr(block, "text", "")
        if type(block).__name__ == "Heading":
            inside = title in {f"事项{n}" for n in range(1, len(manifest["matters"]) + 1)}
            if inside:
                found.append(([], []))
        elif inside and isinstance(block, Table):
            found[-1][0].append(block)
        elif inside and isinstance(block, Paragraph):
            found[-1][1].append(block.text)
    return [(tables, "".join(said)) for tables, said in found]
