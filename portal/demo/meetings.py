"""The two meetings in progress: one is being voted on, one has its candidates in publicity."""

from random import Random

from committees import actions
from committees.models import Matter, Meeting, Member
from portal.owners.models import Owner

from . import accounts as people
from .consultation import Agenda, Hold, Stands, Turnout
from .county import County
from .elections import residents

SHORT = 3  # heads missing to two thirds
DAYS_OPEN = 4
GARDEN_SEATS, PEACH_SEATS = 1, 5
PARTY = (True, False, True, False, True, True, False)


def renewal_and_lifts(county: County) -> None:
    """幸福花园 votes on its property firm, on the lifts, and for the seat that stayed open."""
    plan = county.garden
    dice = Random("meeting 1")  # noqa: S311 - the same each time, not a secret
    hold = Hold(county.compounds[plan.number], county.clerks[plan.number].pk, dice)
    standing = [
        Stands(owner, party, support)
        for owner, party, support in zip(
            _candidates(hold, GARDEN_SEATS + 2), PARTY, (0.5, 0.3, 0.2), strict=False
        )
    ]
    meeting = hold.open(hold.until_published(_renewal(county, plan.name), standing))
    turnout = Turnout(
        DAYS_OPEN,
        short=SHORT,
        first=(county.users[people.NEIGHBOUR.name].pk, county.users[people.MEMBER.name].pk),
        never=(county.users[people.OWNER.name].pk,),
    )
    hold.cast_all(meeting, turnout, standing)


def first_meeting(county: County) -> None:
    """桃源居 elects its first committee: notice and candidates hang, voting has not begun."""
    plan = county.peach
    dice = Random("meeting 2")  # noqa: S311 - the same each time, not a secret
    hold = Hold(county.compounds[plan.number], county.clerks[plan.number].pk, dice)
    standing = [
        Stands(owner, party, 0.5)
        for owner, party in zip(_candidates(hold, PEACH_SEATS + 2), PARTY, strict=True)
    ]
    hold.until_published(_founding(county, plan.name), standing)


def _candidates(hold: Hold, count: int) -> list[Owner]:
    """Residents without an account, and without a seat."""
    sits = Member.objects.filter(compound=hold.compound)
    seated = set(sits.values_list("owner_id", flat=True))
    known = [account.name for account in people.ACCOUNTS]
    living = residents(hold.compound)
    free = [one for one in living if one.name not in known and one.pk not in seated]
    return hold.dice.sample(free, count)


def _renewal(county: County, name: str) -> Agenda:
    return Agenda(
        actions.MeetingPlan(
            f"{name}业主大会会议（续聘物业与电梯更新）",
            Meeting.Kind.EXTRAORDINARY,
            county.moment(DAYS_OPEN),
            county.moment(-11, 18),
        ),
        (
            actions.DecisionPlan(
                title="续聘瓯江物业服务有限公司",
                text="现合同即将到期。续聘三年，收费标准不变，每季度公布服务情况。",
                bar=Matter.Bar.ORDINARY,
            ),
            actions.DecisionPlan(
                title="使用维修资金更新 1、2 幢电梯",
                text="更新四台电梯，预算一百二十六万元，从专项维修资金中列支，完工后公布审价结果。",
                bar=Matter.Bar.ORDINARY,
            ),
            actions.DecisionPlan(
                title="利用电梯轿厢经营广告",
                text="收益归全体业主，每半年公布一次。",
                bar=Matter.Bar.SPECIAL,
            ),
        ),
        actions.ElectionPlan(
            title="增补一名业主委员会委员",
            text="换届时空缺一席，任期与本届相同。",
            seats=GARDEN_SEATS,
            alternates=0,
            max_choices=1,
            elects=Matter.Body.VACANCIES,
        ),
        county.moment(31),
        county.moment(21),
    )


def _founding(county: County, name: str) -> Agenda:
    return Agenda(
        actions.MeetingPlan(
            f"{name}首次业主大会会议",
            Meeting.Kind.FIRST,
            county.moment(-18),
            county.moment(-33, 18),
        ),
        (
            actions.DecisionPlan(
                title="通过管理规约",
                text="草案已在公告栏和本平台公布，意见已逐条答复。",
                bar=Matter.Bar.ORDINARY,
            ),
            actions.DecisionPlan(
                title="通过业主大会议事规则",
                text="每年至少召开一次会议；可以在网上或用纸质票表决。",
                bar=Matter.Bar.ORDINARY,
            ),
        ),
        actions.ElectionPlan(
            title="选举第一届业主委员会委员",
            text="任期五年。",
            seats=PEACH_SEATS,
            alternates=1,
            max_choices=PEACH_SEATS,
        ),
        county.moment(16),
        county.moment(3),
    )
