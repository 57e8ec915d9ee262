"""Evidence from the records: each source by its name, what it finds in a compound on a day."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from committees.queries.standing import CommitteeStanding, committee_standings
from portal.fire import queries as fire
from portal.firms.models import ServiceContract
from portal.places.models import Compound
from portal.tools.chain.canonical import Json
from portal.tools.timekeeping.periods import add_years
from portal.tools.ui.words import day_words, percent_words


@dataclass(frozen=True, slots=True)
class Found:
    """What the record says, in words and figures, and where its rows are read."""

    words: str
    figures: dict[str, Json]
    address: str


@dataclass(frozen=True, slots=True)
class Source:
    """A record: the words for the query that is asked, and the query."""

    title: str
    ask: Callable[[Compound, datetime], Found]


@override("zh-hans")  # what is frozen is Chinese, whatever its writer reads
def frozen_records(
    names: Collection[str], compound: Compound, at: datetime
) -> dict[str, dict[str, Json]]:
    """What the records say at that moment, by source, as it is frozen into a submission."""
    return {name: _frozen(name, compound, at) for name in sorted(names)}


def _frozen(name: str, compound: Compound, at: datetime) -> dict[str, Json]:
    source = SOURCES[name]
    found = source.ask(compound, at)
    return {
        "source": name,
        "title": _(source.title),
        "on": timezone.localdate(at).isoformat(),
        "words": found.words,
        "figures": found.figures,
        "address": found.address,
    }


def _standing(compound: Compound, on: date) -> CommitteeStanding | None:
    return committee_standings([compound.pk], on=on).get(compound.pk)


def _party_share(compound: Compound, at: datetime) -> Found:
    standing = _standing(compound, timezone.localdate(at))
    address = compound.get_absolute_url()
    if standing is None or not standing.members:
        return Found(_("记录中没有在任的业主委员会委员"), {"members": 0}, address)
    figures: dict[str, Json] = {
        "members": standing.members,
        "party_members": standing.party_members,
    }
    if standing.target is not None:
        figures["met"] = standing.met
    words = _("委员 %(members)s 人，其中党员 %(party)s 人（%(share)s），%(verdict)s") % {
        "members": standing.members,
        "party": standing.party_members,
        "share": percent_words((standing.party_members, standing.members)),
        "verdict": _verdict(standing),
    }
    return Found(words, figures, address)


def _verdict(standing: CommitteeStanding) -> str:
    if standing.target is None:
        return _("没有引导目标")
    return _("达到引导目标") if standing.met else _("未达到引导目标")


def _term(compound: Compound, at: datetime) -> Found:
    standing = _standing(compound, timezone.localdate(at))
    address = compound.get_absolute_url()
    if standing is None:
        return Found(_("记录中没有业主委员会"), {"in_term": False}, address)
    words = _("第 %(number)s 届，%(starts)s至%(ends)s，%(verdict)s") % {
        "number": standing.number,
        "starts": day_words(standing.starts_on),
        "ends": day_words(standing.ends_on),
        "verdict": _("在任期内") if standing.in_term else _("任期已满"),
    }
    figures: dict[str, Json] = {
        "in_term": standing.in_term,
        "starts_on": standing.starts_on.isoformat(),
        "ends_on": standing.ends_on.isoformat(),
    }
    return Found(words, figures, address)


def _contract(compound: Compound, at: datetime) -> Found:
    on = timezone.localdate(at)
    contracts = ServiceContract.objects.in_force(on).filter(compound=compound)
    contract = contracts.select_related("firm").order_by("-starts_on").first()
    address = compound.get_absolute_url()
    if contract is None:
        return Found(_("记录中没有当日有效的物业服务合同"), {"in_force": False}, address)
    filed = contract.filed_on is not None and contract.filed_on <= on
    words = _("与%(firm)s的合同有效，%(filed)s") % {
        "firm": contract.firm.name,
        "filed": _("已备案") if filed else _("未备案"),
    }
    figures: dict[str, Json] = {"in_force": True, "filed": filed, "contract": str(contract.pk)}
    return Found(words, figures, address)


def _fire_page(compound: Compound) -> str:
    """Its public page, which tells the fire status: whoever reads the entry may open it."""
    return compound.get_absolute_url()


def _checks_on_time(compound: Compound, at: datetime) -> Found:
    on = timezone.localdate(at)
    first_on = add_years(on, -1) + timedelta(days=1)
    done, due = fire.on_time(compound, first_on=first_on, last_on=on)
    figures: dict[str, Json] = {"on_time": done, "due": due, "first_on": first_on.isoformat()}
    if not due:
        return Found(_("一年内没有应查的消防项目记录"), figures, _fire_page(compound))
    words = _("一年内应查 %(due)s 次，按时完成 %(done)s 次（%(share)s）") % {
        "due": due,
        "done": done,
        "share": percent_words((done, due)),
    }
    return Found(words, figures, _fire_page(compound))


def _overdue_defects(compound: Compound, at: datetime) -> Found:
    standing = fire.standing(compound, at=at)
    figures: dict[str, Json] = {
        "equipment": standing.equipment,
        "open": standing.open_defects,
        "overdue": standing.overdue_defects,
    }
    words = _("未闭环的隐患 %(open)s 项，其中超期 %(overdue)s 项；登记消防设施 %(equipment)s 件")
    return Found(words % figures, figures, _fire_page(compound))


SOURCES = {
    "committee.party_share": Source(
        gettext_noop("业主委员会委员中的党员比例（当日在任委员）"), _party_share
    ),
    "committee.term": Source(gettext_noop("业主委员会任期是否有效（当日）"), _term),
    "firm.contract": Source(gettext_noop("物业服务合同及备案（当日有效）"), _contract),
    "fire.on_time": Source(gettext_noop("消防检查按时完成率（截至当日一年）"), _checks_on_time),
    "fire.overdue_defects": Source(gettext_noop("超期未闭环的消防隐患（当日）"), _overdue_defects),
}
