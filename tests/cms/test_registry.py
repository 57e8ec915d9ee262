"""The registry: an administrator enters the county's streets, compounds, firms and contracts."""

import pytest
from django.urls import reverse

from cms import actions
from cms.models import CompoundPage
from portal.firms.models import Firm, ServiceContract
from portal.places.models import Compound, Installation, Region
from portal.tools.audit.models import AuditEntry

NOTHING_MORE = {"address": "", "built_in": "", "registered_parts": "", "registered_area": ""}


@pytest.fixture
def administrator(client, cast, site, noon):
    actions.sync_editors(on=noon.date())
    client.force_login(cast.sun)
    return client


@pytest.fixture
def county(cast):
    return cast.compound.region.parent.parent


def add(client, what, **fields):
    return client.post(reverse(f"{what}:add"), fields)


def change(client, what, thing, **fields):
    return client.post(reverse(f"{what}:edit", args=[thing.pk]), fields)


def errors(response):
    return response.context["form"].errors.get_json_data()


def test_a_county_is_entered_from_its_street_down_to_a_contract(administrator, county):
    add(administrator, "region", parent=county.pk, name="南城街道", code=f"{county.code}-23")
    street = Region.objects.get(code=f"{county.code}-23")
    add(administrator, "region", parent=street.pk, name="幸福社区", code=f"{street.code}-01")
    community = Region.objects.get(code=f"{street.code}-01")
    add(
        administrator,
        "compound",
        **NOTHING_MORE
        | {
            "region": community.pk,
            "code": "330324-7001",
            "name": "新小区",
            "kind": "old",
            "registered_area": "31000.5",
        },
    )
    compound = Compound.objects.get(code="330324-7001")
    add(administrator, "firm", name="新物业", credit_code="", telephone="")
    firm = Firm.objects.get(name="新物业")
    add(
        administrator,
        "servicecontract",
        compound=compound.pk,
        firm=firm.pk,
        starts_on="2026-01-01",
        ends_on="2028-12-31",
        filed_on="",
    )
    assert (street.level, street.path) == ("street", f"{county.path}{county.code}-23/")
    assert (community.level, community.path) == ("community", f"{street.path}{street.code}-01/")
    assert (compound.registered_area, compound.region) == (3_100_050, community)
    assert ServiceContract.objects.get(compound=compound).firm == firm
    assert administrator.get(compound.get_absolute_url()).status_code == 200


def test_each_entry_is_noted_with_who_and_which_fields(administrator, cast):
    add(administrator, "firm", name="新物业", credit_code="", telephone="")
    entry = AuditEntry.objects.get(act="registry.add")
    assert (entry.actor, entry.object_kind, entry.facts) == (
        cast.sun.pk,
        "firms.Firm",
        {"fields": ["name"]},
    )


def test_a_renamed_compound_renames_its_page_and_keeps_its_code(administrator, cast):
    change(
        administrator,
        "compound",
        cast.compound,
        **NOTHING_MORE
        | {
            "region": cast.compound.region_id,
            "code": "other",
            "name": "幸福新村",
            "kind": "commodity",
        },
    )
    compound = Compound.objects.get(pk=cast.compound.pk)
    assert (compound.name, compound.code) == ("幸福新村", cast.compound.code)
    assert CompoundPage.objects.get(compound=compound.pk).title == "幸福新村"


def test_what_hangs_on_a_region_stays_as_it_was(administrator, cast):
    street = cast.compound.region.parent
    change(administrator, "region", street, name="新名街道", code="x", parent="")
    after = Region.objects.get(pk=street.pk)
    assert (after.name, after.code, after.path, after.parent) == (
        "新名街道",
        street.code,
        street.path,
        street.parent,
    )


def test_every_fault_of_a_compound_is_said_at_once(administrator, cast):
    response = add(
        administrator,
        "compound",
        region=cast.compound.region.parent_id,
        code="坏 码",
        name="",
        kind="old",
        address="",
        built_in="12",
        registered_parts="-1",
        registered_area="-3",
    )
    assert set(errors(response)) == {
        "region",
        "code",
        "name",
        "built_in",
        "registered_parts",
        "registered_area",
    }
    assert 'value="坏 码"' in response.content.decode()


def test_a_contract_that_ends_before_it_starts_is_refused(administrator, cast):
    response = add(
        administrator,
        "servicecontract",
        compound=cast.other_compound.pk,
        firm=cast.firm.pk,
        starts_on="2026-02-01",
        ends_on="2026-01-01",
        filed_on="",
    )
    assert set(errors(response)) == {"ends_on"}


def test_a_region_below_a_community_is_refused(administrator, cast):
    above = cast.compound.region
    response = add(administrator, "region", parent=above.pk, name="组", code=f"{above.code}-01")
    assert set(errors(response)) == {"parent"}


def test_filing_numbers_stand_at_the_foot_of_every_page(administrator):
    change(
        administrator,
        "installation",
        Installation.objects.get(),
        name="永嘉县",
        icp_filing="浙ICP备0001号",
        police_filing="",
    )
    assert "浙ICP备0001号" in administrator.get("/").content.decode()


@pytest.mark.parametrize("what", ["region", "compound", "firm", "servicecontract"])
def test_nothing_is_deleted(administrator, cast, what):
    things = {
        "region": cast.compound.region,
        "compound": cast.compound,
        "firm": cast.firm,
        "servicecontract": ServiceContract.objects.first(),
    }
    response = administrator.post(reverse(f"{what}:delete", args=[things[what].pk]))
    assert response.status_code == 302
    assert type(things[what]).objects.filter(pk=things[what].pk).exists()


@pytest.mark.parametrize("what", ["region", "compound", "firm", "servicecontract", "installation"])
@pytest.mark.parametrize("who", ["chen", "li", "wang", "zhao", "qian"])
def test_the_registry_opens_for_administrators_only(administrator, cast, what, who):
    assert administrator.get(reverse(f"{what}:index")).status_code == 200
    administrator.force_login(getattr(cast, who))
    for address in (f"{what}:index", f"{what}:add"):
        for ask in (administrator.get, administrator.post):
            assert ask(reverse(address)).status_code == 302
    assert change(administrator, "firm", cast.firm, name="x").status_code == 302
    assert Firm.objects.get(pk=cast.firm.pk).name == cast.firm.name


@pytest.mark.parametrize(
    ("what", "field", "wrong", "right"),
    [
        ("compound", "code", ["abc", "330324", "330324-1", "330324-00001"], "330324-7009"),
        ("firm", "credit_code", ["123", "91330324MA2XXXXXX1"], "91330000142916567N"),
        ("firm", "telephone", ["abc", "123", "0577"], "0577-67220000"),
        ("firm", "telephone", ["999999999999"], "95598"),
    ],
)
def test_what_no_register_has_is_refused_beside_its_field(
    administrator, cast, what, field, wrong, right
):
    usual = {"name": "新的", "credit_code": "", "telephone": ""}
    if what == "compound":
        usual = NOTHING_MORE | {
            "region": cast.compound.region_id,
            "code": "330324-7008",
            "name": "新的",
            "kind": "old",
        }
    for value in wrong:
        assert list(errors(add(administrator, what, **usual | {field: value}))) == [field], value
    assert add(administrator, what, **usual | {field: right}).status_code == 302


def test_one_credit_code_is_one_firms(administrator, cast):
    firm = {"credit_code": "91330000142916567N", "telephone": ""}
    add(administrator, "firm", name="甲物业", **firm)
    refused = add(administrator, "firm", name="乙物业", **firm)
    assert list(errors(refused)) == ["credit_code"]
    assert Firm.objects.filter(credit_code=firm["credit_code"]).count() == 1


@pytest.mark.parametrize("code", ["330324-nc", "33", "440100-01", "330324-1"])
def test_a_region_has_a_code_below_the_one_above(administrator, county, code):
    refused = add(administrator, "region", parent=county.pk, name="某街道", code=code)
    assert list(errors(refused)) == ["code"]
