"""Fire safety: equipment where a firm serves, a month of its log, defects at every stage."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from portal.approvals import actions as approvals
from portal.fire import actions
from portal.fire.actions import Answer, Entry, EquipmentFacts, PlaceFacts
from portal.fire.models import Check, Defect, Equipment
from portal.fire.queries.rounds import rounds
from portal.fire.rules.answers import Result
from portal.fire.rules.occurrences import DAY, Window, windows
from portal.places.models import Building, Compound
from portal.tools.files.actions import store

from .compounds import Plan
from .county import SHANGHAI, County
from .defects import DEFECTS, EMPTY, LEFT_OUT_YESTERDAY, RETIREMENTS, Told
from .pictures import photo

PATROL = "patrol"
MONTH = 30  # days of the log
HIGH = 10  # storeys from which there are a control room and a pump room
STOREY = 3  # metres
FORGOTTEN = 0.012  # of the occurrences
DONE_ALREADY = 0.7  # of those whose window still runs
AGAIN = "已更换新件，反复试验正常。"
OPENED = (Check.Opened.SCAN, Check.Opened.SCAN, Check.Opened.TYPED, Check.Opened.LIST)

Key = tuple[UUID, str, date]  # equipment, duty, day
Log = dict[Key, tuple[datetime, Entry]]


@dataclass(frozen=True, slots=True)
class Stands:
    """A place by its name, and the kinds that stand there."""

    name: str
    kinds: tuple[str, ...]
    building: str = ""
    storey: int | None = None


def places_of(plan: Plan) -> list[Stands]:
    shape = plan.shape
    found = [Stands("门岗微型消防站", ("F20", "F18")), Stands("小区道路和登高场地", ("F19",))]
    if shape.storeys >= HIGH:
        found += [
            Stands("消防控制室", ("F02", "F12"), "1", 1),
            Stands("消防水泵房", ("F05", "F01"), "1", -1),
        ]
    if shape.parking:
        found.append(Stands("地下车库东区", ("F07", "F10", "F14", "F18"), "", -1))
        found.append(Stands("电动自行车棚", ("F21", "F18")))
    for number in range(1, shape.buildings + 1):
        found.append(Stands(f"{number} 幢一层门厅", ("F06", "F11", "F18"), str(number), 1))
    return found


def install(county: County, plan: Plan) -> None:
    """Heights of the buildings, places, and what stands there, a day before the log begins."""
    compound = county.compounds[plan.number]
    height = plan.shape.storeys * STOREY
    Building.objects.filter(compound=compound).update(
        height=height, storeys_above=plan.shape.storeys
    )
    buildings = {building.code: building for building in Building.objects.filter(compound=compound)}
    at, by = county.moment(MONTH + 1), county.entrants[plan.number].pk
    for stands in places_of(plan):
        facts = PlaceFacts(stands.name, buildings.get(stands.building), storey=stands.storey)
        place = actions.register_place(compound, facts, by=by, at=at)
        for kind in stands.kinds:
            actions.register_equipment(place, _facts(county, plan, kind), by=by, at=at)


def _facts(county: County, plan: Plan, kind: str) -> EquipmentFacts:
    starts_on = county.day(MONTH)
    if kind != "F18":
        return EquipmentFacts(kind, starts_on=starts_on)
    # powder is serviced after five years: two in three compounds are within them
    made_on = county.day(365 * (3 + plan.number % 3) + 40)
    return EquipmentFacts(
        kind, model="MFZ/ABC4", quantity=2, agent="powder", made_on=made_on, starts_on=starts_on
    )


@transaction.atomic
def keep_log(county: County, plan: Plan) -> None:
    """Install, log a month up to yesterday, and bring each defect to its stage."""
    if plan.service is None:
        return
    install(county, plan)
    compound = county.compounds[plan.number]
    log = _regular(county, plan, compound) | dict(_failed(county, plan, compound))
    log |= _empty(county, plan, compound)
    in_turn = sorted(log.values(), key=lambda one: (one[0], one[1].equipment.code, one[1].duty))
    actions.log_in_bulk(compound, in_turn, at=county.moment(0))
    for told in DEFECTS.get(plan.number, ()):
        _bring_to_its_stage(county, plan, compound, told)
    if plan.number in RETIREMENTS:
        _retire(county, plan, compound)


def _regular(county: County, plan: Plan, compound: Compound) -> Log:
    """Each duty's occurrences up to yesterday, most of them done, all found normal."""
    first_on, last_on = county.day(MONTH), county.day(1)
    found: Log = {}
    for one in rounds([compound.pk], first_on=first_on, on=last_on):
        for window in windows(one.rhythm, start=first_on, first_on=first_on, last_on=last_on):
            dice = Random(f"{plan.seed} {one.equipment.code} {one.duty.code} {window.first_on}")  # noqa: S311 - no secret
            left_out = (plan.number, one.equipment.place.name) in LEFT_OUT_YESTERDAY
            if _is_done(window, last_on, dice) and not (left_out and last_on == window.first_on):
                day = _day_in(window, first_on, last_on, dice)
                if _is_gone(county, plan, one.equipment, day):
                    continue
                entry = _entry(county, plan, one.equipment, one.duty.code, dice)
                found[one.equipment.pk, one.duty.code, day] = (_moment(day, dice), entry)
    return found


def _is_gone(county: County, plan: Plan, equipment: Equipment, day: date) -> bool:
    """Taken away by then, though the register says so later."""
    told = RETIREMENTS.get(plan.number)
    if told is None or (equipment.place.name, equipment.kind) != (told.place, told.kind):
        return False
    return day >= county.day(told.gone_days_ago)


def _retire(county: County, plan: Plan, compound: Compound) -> None:
    """A piece taken out of use, put down late and confirmed by the community."""
    told = RETIREMENTS[plan.number]
    rows = Equipment.objects.select_related("compound", "place")
    piece = rows.get(compound=compound, kind=told.kind, place__name=told.place)
    asked_at = county.moment(told.asked_days_ago, 10)
    manager, officer = county.entrants[plan.number], county.officers[plan.community]
    stored = store(photo(mended=False), compound=compound.pk, by=manager.pk, at=asked_at)
    retiring = actions.Retiring(county.day(told.gone_days_ago), told.reason, stored)
    asked = actions.ask_to_retire(piece, retiring, by=manager, at=asked_at)
    approvals.agree(asked, by=officer, at=county.moment(told.asked_days_ago - 1, 15))


def _empty(county: County, plan: Plan, compound: Compound) -> Log:
    """A patrol for which nothing was there to look at: logged with reasons, and not done."""
    found: Log = {}
    for place, kind, days_ago, words in EMPTY.get(plan.number, ()):
        rows = Equipment.objects.select_related("compound", "place")
        piece = rows.filter(compound=compound, kind=kind, place__name=place).first()
        if piece is not None:
            items = piece.what.duties[PATROL].items
            answers = [Answer(item.code, Result.ABSENT, words) for item in items]
            by = county.inspectors[plan.number].pk
            moment = county.moment(days_ago, 16, 20)
            found[piece.pk, PATROL, moment.date()] = moment, Entry(piece, PATROL, answers, by)
    return found


def _is_done(window: Window, last_on: date, dice: Random) -> bool:
    if window.last_on > last_on:
        return dice.random() < DONE_ALREADY
    return dice.random() >= FORGOTTEN


def _day_in(window: Window, first_on: date, last_on: date, dice: Random) -> date:
    begin, end = max(window.first_on, first_on), min(window.last_on, last_on)
    return begin + DAY * dice.randrange((end - begin).days + 1)


def _moment(day: date, dice: Random) -> datetime:
    minutes = timedelta(minutes=dice.randrange(60 * 9), seconds=dice.randrange(60))
    return datetime.combine(day, time(8), tzinfo=SHANGHAI) + minutes


def _entry(
    county: County,
    plan: Plan,
    equipment: Equipment,
    duty: str,
    dice: Random,
    failed: Told | None = None,
) -> Entry:
    """A complete check, everything normal but what is told."""
    answers = [
        Answer(item.code, Result.FAILED, failed.words, photo(mended=False))
        if failed and failed.item == item.code
        else Answer(item.code, Result.NORMAL)
        for item in equipment.what.duties[duty].items
    ]
    return Entry(
        equipment,
        duty,
        answers,
        county.inspectors[plan.number].pk,
        opened=dice.choice(OPENED),
    )


def _failed(
    county: County, plan: Plan, compound: Compound
) -> Iterator[tuple[Key, tuple[datetime, Entry]]]:
    """The checks that found something; each stands in the place of the regular one of its day."""
    for told in DEFECTS.get(plan.number, ()):
        dice = Random(f"{plan.seed} {told.place} {told.kind}")  # noqa: S311 - no secret
        equipment = _equipment(compound, told)
        if equipment is not None:
            entry = _entry(county, plan, equipment, PATROL, dice, told)
            day = county.day(told.days_ago)
            yield (equipment.pk, PATROL, day), (_moment(day, dice), entry)


def _equipment(compound: Compound, told: Told) -> Equipment | None:
    """None where the compound was built smaller than the tale."""
    found = Equipment.objects.filter(compound=compound, kind=told.kind, place__name=told.place)
    return found.select_related("compound", "place").first()


def _bring_to_its_stage(county: County, plan: Plan, compound: Compound, told: Told) -> None:
    equipment = _equipment(compound, told)
    if equipment is None or told.repaired is None:
        return
    defect = Defect.objects.get(compound=compound, equipment=equipment, item=told.item)
    repairer, inspector = county.repairers[plan.number].pk, county.inspectors[plan.number].pk

    def at(days: int, hour: int) -> datetime:
        return county.moment(told.days_ago - days, hour)

    days, words = told.repaired
    mended = photo(mended=True)
    actions.repair_defect(defect, words=words, photo=mended, by=repairer, at=at(days, 17))
    if told.sent_back:
        days, words = told.sent_back
        actions.recheck_defect(defect, passed=False, words=words, by=inspector, at=at(days, 18))
        if told.passed is not None:
            again = at(told.passed - 1, 17)
            actions.repair_defect(defect, words=AGAIN, photo=mended, by=repairer, at=again)
    if told.passed is not None:
        actions.recheck_defect(defect, passed=True, by=inspector, at=at(told.passed, 19))
