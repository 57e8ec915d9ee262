"""What the public reads: home, compound, notice, plain pages."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from cms import actions
from committees import actions as committees
from committees.models import Meeting, Member
from portal.firms.models import ServiceContract
from portal.rulebook.models import Rule
from portal.rulebook.queries import rule_for
from tests.factories import people, places, rulebook

HOSTILE = "<script>alert('题')</script>&{{ 7|add:7 }}"
ESCAPED = "&lt;script&gt;alert(&#x27;题&#x27;)&lt;/script&gt;&amp;{{ 7|add:7 }}"


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield


def page(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def meeting(compound, number, stage, noon):
    return Meeting.objects.create(
        compound=compound,
        number=number,
        title=f"会议{number}",
        stage=stage,
        opens_at=noon,
        closes_at=noon + timedelta(days=20),
        created_at=noon,
    )


def party_target(operator=">"):
    rulebook.load()
    Rule.objects.filter(key="party.share.target").update(operator=operator)


def test_the_front_page_shows_what_is_in_publicity_with_its_days(
    client, cast, site, announce, letters
):
    announce(cast.compound)
    letters.deliver()
    html = page(client, "/")
    assert "候选人名单公示" in html
    assert "明日为第一日" in html
    assert "今日之后还有 7 日，2026年12月1日 24:00 截止" in html


def test_the_front_page_shows_the_newest_notices_of_all_compounds(client, cast, site, noon):
    for number, compound in enumerate([cast.compound, cast.other_compound] * 4):
        draft = actions.Draft(f"第{number}号通知", "文", uuid4())
        actions.publish_notice(compound, draft, by=None, at=noon + timedelta(days=number))
    html = page(client, "/")
    shown = [number for number in range(8) if f"第{number}号通知" in html]
    assert shown == [2, 3, 4, 5, 6, 7]
    assert html.index("第7号通知") < html.index("第6号通知")


def test_an_empty_front_page_says_so(client, site):
    html = page(client, "/")
    assert "现在没有正在进行的公示。" in html
    assert "还没有公告。各小区发布后会在这里列出。" in html


@pytest.mark.parametrize("asked", ["幸福", " 幸福花园 ", "福花", "330324-"])
def test_a_compound_is_found_by_its_name_or_the_beginning_of_its_code(client, cast, site, asked):
    html = page(client, "/", q=asked)
    assert f'href="/{cast.compound.code}/"' in html


@pytest.mark.parametrize("asked", ["幸福小镇", "%", "_", "0324", "' OR 1=1 --"])
def test_what_is_not_there_is_not_found_and_said(client, cast, site, asked):
    html = page(client, "/", q=asked)
    assert f'href="/{cast.compound.code}/"' not in html
    assert "没有找到名称含" in html


def test_full_width_digits_are_read_as_digits(client, cast, site):
    wide = cast.compound.code.translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
    assert f'href="/{cast.compound.code}/"' in page(client, "/", q=wide)


@pytest.mark.parametrize("asked", ["\x00", HOSTILE, "幸" * 5000, "   "])
def test_any_question_is_answered(client, cast, site, asked):
    html = page(client, "/", q=asked)
    assert "<script>alert" not in html


def test_a_compound_without_a_page_is_not_offered(client, cast, site):
    places.compound(name="还没有页面的小区")
    assert "没有找到" in page(client, "/", q="还没有页面")


def test_more_than_twenty_are_cut_and_said(client, site):
    for number in range(21):
        actions.ensure_compound_page(places.compound(name=f"阳光{number:02}"))
    html = page(client, "/", q="阳光")
    assert html.count('class="card"') == 20
    assert "请多写几个字" in html


def test_the_compound_page_says_who_manages_it(client, cast, site, noon):
    html = page(client, cast.compound.get_absolute_url())
    assert cast.firm.name in html
    yesterday = noon.date() - timedelta(days=1)
    ServiceContract.objects.filter(compound=cast.compound).update(ends_on=yesterday)
    html = page(client, cast.compound.get_absolute_url())
    assert cast.firm.name not in html
    assert "记录中没有今天有效的物业服务合同。" in html


def test_an_owner_is_led_to_the_fire_status_and_a_stranger_is_not(client, cast, site):
    path = f'href="/fire/{cast.compound.code}/"'
    for user, led in ((None, False), (cast.chen, True), (cast.qian, False)):
        if user:
            client.force_login(user)
        assert (path in page(client, cast.compound.get_absolute_url())) is led


def test_members_are_named_and_the_party_share_is_told_without_whose_it_is(
    client, cast, site, seat, noon
):
    party_target()
    rule = rule_for("party.share.target", at_compound=cast.compound, on=noon.date())
    seat(cast.compound, "周正", "吴平", "郑和", party=2)
    html = page(client, cast.compound.get_absolute_url())
    for words in ("周正", "吴平", "郑和", "第 1 届，2024年1月1日 至 2028年12月31日"):
        assert words in html
    assert "3 人中 2 人" in html
    assert "超过 1/2 ✓" in html
    assert f"引导目标，依据：{rule.source}。" in html
    assert "中共党员" not in html


@pytest.mark.parametrize(("seats", "told"), [(4, True), (3, False)])
def test_a_vacant_seat_is_told(client, cast, site, seat, seats, told):
    seat(cast.compound, "周正", "吴平", "郑和", seats=seats)
    assert ("空缺 1 席" in page(client, cast.compound.get_absolute_url())) is told


@pytest.mark.parametrize(
    ("party", "of", "operator", "words"),
    [
        (2, 4, ">", "没有超过 1/2"),
        (2, 4, ">=", "不少于 1/2 ✓"),
        (3, 4, ">", "超过 1/2 ✓"),
        (1, 4, ">=", "少于 1/2"),
    ],
)
def test_exactly_half_is_judged_as_the_rule_says(
    client, cast, site, seat, party, of, operator, words
):
    party_target(operator)
    seat(cast.compound, *"甲乙丙丁"[:of], party=party)
    html = page(client, cast.compound.get_absolute_url())
    verdict = html.split(f"{of} 人中 {party} 人")[1].split("</span>")[0].split(">")[-1]
    assert verdict == words


def test_without_a_target_the_share_is_told_and_no_verdict(client, cast, site, seat):
    Rule.objects.all().delete()
    seat(cast.compound, "周正", party=1)
    said = page(client, cast.compound.get_absolute_url())
    assert "1 人中 1 人" in said
    assert "规则库中没有适用于本小区的党员占比引导目标。" in said
    assert "引导目标，依据" not in said


def test_alternates_and_those_who_left_do_not_sit(client, cast, site, seat, noon):
    term = seat(cast.compound, "周正", "吴平")
    Member.objects.create(
        compound=cast.compound,
        term=term,
        owner=people.owner(cast.compound, name="候补人"),
        post=Member.Post.ALTERNATE,
        alternate_rank=1,
        since=term.starts_on,
    )
    Member.objects.filter(post="member").update(until=noon.date() - timedelta(days=1))
    html = page(client, cast.compound.get_absolute_url())
    assert [name for name in ("周正", "吴平", "候补人") if name in html] == ["周正"]


def test_a_compounds_page_shows_the_posts_that_were_chosen_last(client, cast, seat, site, noon):
    term = seat(cast.compound, "甲", "乙", "丙")
    chair = Member.objects.filter(term=term).order_by("pk")[1]
    posts = committees.Posts(chair.pk, frozenset(), noon.date(), "首次会议纪要")
    committees.choose_posts(term, posts, by=cast.li.pk, at=noon)
    html = page(client, cast.compound.get_absolute_url())
    above, below = html.split("<dt>主任</dt>")[1].split("<dt>委员</dt>")
    assert ("乙" in above, "甲" in above) == (True, False)
    assert "甲" in below.split("</dd>")[0]


@pytest.mark.parametrize(("days", "is_over"), [(0, False), (-1, True)])
def test_a_term_that_ran_out_is_said_to_have(client, cast, site, seat, noon, days, is_over):
    seat(cast.compound, "周正", ends_on=noon.date() + timedelta(days=days))
    html = page(client, cast.compound.get_absolute_url())
    assert ("任期已满，记录中尚无新一届" in html) == is_over


def test_a_compound_without_a_committee_says_what_to_do(client, cast, site):
    html = page(client, cast.compound.get_absolute_url())
    assert "记录中还没有业主委员会。" in html


def test_no_other_owner_is_named_on_the_compound_page(client, cast, site, seat):
    seat(cast.compound, "周正")
    assert "陈一" not in page(client, cast.compound.get_absolute_url())


def test_only_meetings_that_are_public_are_shown(client, cast, site, noon):
    for number, stage in enumerate(Meeting.Stage.values):
        meeting(cast.compound, f"2026-{number}", stage, noon)
    html = page(client, cast.compound.get_absolute_url())
    shown = [stage for n, stage in enumerate(Meeting.Stage.values) if f"会议2026-{n}" in html]
    assert shown == ["published", "open", "closed"]


def test_a_compounds_page_shows_its_own_publicities_and_notices_only(
    client, cast, site, announce, letters, noon
):
    announce(cast.compound, "这里的公示")
    announce(cast.other_compound, "那里的公示")
    letters.deliver()
    actions.publish_notice(
        cast.other_compound, actions.Draft("那里的通知", "文", uuid4()), by=None, at=noon
    )
    html = page(client, cast.compound.get_absolute_url())
    assert "这里的公示" in html
    assert "那里的" not in html


def test_a_notice_carries_the_frozen_text_the_clock_and_the_way_to_the_proof(
    client, cast, site, announce, letters
):
    publicity = announce(cast.compound, words="现将名单\n公示如下。")
    letters.deliver()
    html = page(client, f"/{cast.compound.code}/publicity-1/")
    assert "现将名单<br>公示如下。" in html
    assert "公示期 7 日，自 2026年11月25日 至 2026年12月1日 24:00 截止" in html
    assert f'href="{publicity.get_absolute_url()}"' in html
    assert f"http://testserver{publicity.get_absolute_url()}" in html


def test_a_carrying_page_shows_the_frozen_text_whatever_was_typed_into_it(
    client, cast, site, announce, letters
):
    from cms.models import NoticePage

    announce(cast.compound)
    letters.deliver()
    carrying = NoticePage.objects.get()
    carrying.title, carrying.body = "改过的标题", "<p>改过的正文</p>"
    carrying.save_revision().publish()
    article = page(client, carrying.url).split("<article")[1].split("</article>")[0]
    assert "候选人名单公示</h1>" in article
    assert "改过的" not in article


def test_hostile_words_are_printed_not_run(client, cast, site, announce, letters, noon):
    announce(cast.compound, HOSTILE, HOSTILE)
    letters.deliver()
    actions.publish_notice(
        cast.compound, actions.Draft(HOSTILE, HOSTILE, uuid4()), by=None, at=noon
    )
    code = cast.compound.code
    for address in ("/", f"/{code}/", f"/{code}/publicity-1/", f"/{code}/notice-1/"):
        html = page(client, address)
        assert "<script>alert" not in html
        assert ESCAPED in html


@pytest.mark.parametrize("big", ["0", "1"])
@pytest.mark.parametrize("who", [None, "chen", "qian", "li"])
def test_everybody_reads_every_page(client, cast, site, announce, letters, who, big):
    announce(cast.compound)
    letters.deliver()
    if who:
        client.force_login(getattr(cast, who))
    for address in ("/", "/privacy/", "/help/", f"/{cast.compound.code}/publicity-1/"):
        assert ('class="big"' in page(client, address, big=big)) == (big == "1")


def fill(cast, rows, announce, letters, seat, noon):
    seat(cast.compound, *"甲乙丙"[:rows])
    for number in range(rows):
        meeting(cast.compound, f"2026-{number}", Meeting.Stage.OPEN, noon)
        announce(cast.compound)
        draft = actions.Draft("通知", "文", uuid4())
        actions.publish_notice(cast.compound, draft, by=None, at=noon)
    letters.deliver()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", 11),
        ("/?q=幸福", 11),
        ("/{code}/", 33),
        ("/{code}/publicity-1/", 13),
        ("/{code}/notice-1/", 13),
    ],
)
def test_each_page_costs_the_same_at_one_and_three_rows(
    client,
    cast,
    site,
    announce,
    letters,
    seat,
    noon,
    rows,
    address,
    queries,
    django_assert_num_queries,
):
    fill(cast, rows, announce, letters, seat, noon)
    address = address.format(code=cast.compound.code)
    page(client, address)  # the site's own addresses are cached from here on
    with django_assert_num_queries(queries):
        page(client, address)
