"""The installation, the region tree, firms, and each compound with its contract and its roll."""

from django.db import transaction

from cms import actions as cms
from portal.firms.models import Firm, ServiceContract
from portal.owners import actions as owners
from portal.places.models import Compound, Installation

from . import accounts as people
from . import regions
from .compounds import BEGAN, FIRMS, Plan
from .county import County
from .rolls import invent_roll


@transaction.atomic
def build(county: County) -> None:
    """The county's regions, firms, compounds and contracts in a database marked as invented."""
    Installation.objects.create(name=regions.COUNTY, is_demonstration=True)
    county.regions = regions.build()
    for name, telephone in FIRMS.items():
        county.firms[name] = Firm.objects.create(name=name, telephone=telephone)
    for plan in county.plans:
        _compound(county, plan)


def _compound(county: County, plan: Plan) -> None:
    living = people.LIVING_IN_THE_GARDEN if plan == county.garden else ()
    roll = invent_roll(plan.shape, seed=plan.seed, accounts=living)
    region = county.regions[plan.community]
    road = plan.community.removesuffix("社区") + "路"
    compound = Compound.objects.create(
        name=plan.name,
        code=plan.code,
        kind=plan.kind,
        region=region,
        address=f"{regions.COUNTY}{region.parent}{road} {plan.number * 8} 号",
        built_in=plan.built_in,
        registered_parts=plan.shape.parts,
        registered_area=roll.counted_area,
    )
    county.compounds[plan.number] = compound
    county.rolls[plan.number] = roll.data
    if plan.service:
        starts_on = county.day(plan.service.began)
        ServiceContract.objects.create(
            compound=compound,
            firm=county.firms[plan.service.firm],
            starts_on=starts_on,
            ends_on=county.day(-plan.service.ends_in),
            filed_on=starts_on,
        )


def build_site(county: County) -> None:
    cms.build_site(regions.COUNTY)
    for compound in county.compounds.values():
        cms.ensure_compound_page(compound)


def import_roll(county: County, plan: Plan) -> None:
    """The clerk's file is taken in as any file is."""
    owners.import_roll(
        county.compounds[plan.number],
        county.rolls.pop(plan.number),
        file_name=f"{plan.name}业主名册.csv",
        by=county.clerks[plan.number].pk,
        at=county.moment(BEGAN - 1),
    )
