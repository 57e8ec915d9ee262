"""The pages of offices: they work, refuse wrong methods, other places and strangers, and cost
the same at one row and at three."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import CompoundOffice, RegionOffice
from portal.approvals.models import Request
from portal.tools.audit.models import AuditEntry
from tests.factories import people, rulebook
from tests.factories.sign_in import with_email

Role = CompoundOffice.Role


@pytest.fixture
def urls(cast):
    """Each page of ours, with an office it is about."""
    street = cast.compound.region.parent
    clerk = CompoundOffice.objects.get(user=cast.li, role=Role.CLERK)
    officer = RegionOffice.objects.get(user=cast.zhao)
    code = cast.compound.code
    return {
        "offices": reverse("accounts:offices", args=[code]),
        "appoint": reverse("accounts:appoint", args=[code]),
        "end": reverse("accounts:end-office", args=[code, clerk.pk]),
        "over": reverse("accounts:region-offices", args=[street.code]),
        "appoint-over": reverse("accounts:appoint-over", args=[street.code]),
        "end-over": reverse("accounts:end-region-office", args=[street.code, officer.pk]),
        "home": reverse("accounts:home"),
    }


OPENS = {"offices": "zhao", "appoint": "zhao", "end": "zhao", "over": "sun", "home": "wang"} | {
    "appoint-over": "sun",
    "end-over": "sun",
}


@pytest.mark.parametrize("page", OPENS)
def test_the_page_opens_to_its_office(client, cast, urls, page):
    client.force_login(getattr(cast, OPENS[page]))
    assert client.get(urls[page]).status_code == 200


@pytest.mark.parametrize("page", OPENS)
def test_anonymous_is_led_to_sign_in(client, urls, page):
    answer = client.get(urls[page])
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/account/login/?next={urls[page]}",
    )


@pytest.mark.parametrize("page", [page for page in OPENS if page != "home"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_right_office_elsewhere_is_refused(client, cast, urls, page, method):
    people.region_office(cast.qian, cast.other_compound.region.parent, RegionOffice.Role.STREET)
    people.region_office(
        cast.qian, cast.other_compound.region.parent.parent, RegionOffice.Role.ADMINISTRATOR
    )
    client.force_login(cast.qian)
    answer = getattr(client, method)(urls[page])
    lists = ("offices", "over")
    assert answer.status_code == (405 if method == "post" and page in lists else 403)


@pytest.mark.parametrize(
    ("page", "method"), [("offices", "post"), ("over", "post"), ("end", "put")]
)
def test_the_wrong_method_is_refused(client, cast, urls, page, method):
    client.force_login(cast.zhao)
    assert getattr(client, method)(urls[page]).status_code == 405


def test_who_holds_no_office_sees_no_list(client, cast, urls):
    client.force_login(cast.chen)
    assert [client.get(urls[page]).status_code for page in ("home", "offices")] == [403, 403]


def test_the_list_names_who_from_when_to_when(client, cast, urls):
    client.force_login(cast.wang)
    CompoundOffice.objects.filter(user=cast.li, role=Role.CLERK).update(until=date(2025, 6, 30))
    page = client.get(urls["offices"]).content.decode()
    for words in ("李二", "王三", "物业项目经理", "2024年1月1日", "2025年6月30日", "已离任"):
        assert words in page
    assert "10000" not in page.replace(cast.compound.code, "")  # no phone


def test_the_list_costs_the_same_at_one_row_and_at_three(
    client, cast, urls, django_assert_num_queries
):
    CompoundOffice.objects.filter(user=cast.li).delete()
    client.force_login(cast.zhao)
    client.get(urls["offices"])
    for rows in (1, 3):
        while CompoundOffice.objects.filter(compound=cast.compound).count() < rows:
            people.compound_office(people.user(), cast.compound, Role.CLERK)
        with django_assert_num_queries(8):
            client.get(urls["offices"])


def test_the_regions_list_costs_the_same_at_one_row_and_at_three(
    client, cast, urls, django_assert_num_queries
):
    client.force_login(cast.sun)
    street = cast.compound.region.parent
    client.get(urls["over"])
    for rows in (1, 3):
        while RegionOffice.objects.filter(region=street).count() < rows:
            people.region_office(people.user(), street, RegionOffice.Role.STREET)
        with django_assert_num_queries(10):
            client.get(urls["over"])


def asked(cast, **fields):
    today = timezone.localdate()
    return {
        "role": Role.CLERK,
        "name": "陈一",
        "contact": cast.chen.phone,
        "since": today.isoformat(),
    } | fields


def test_an_officer_appoints_a_clerk(client, cast, urls):
    client.force_login(cast.zhao)
    answer = client.post(urls["appoint"], asked(cast))
    assert (answer.status_code, answer["Location"]) == (302, urls["offices"])
    office = CompoundOffice.objects.get(user=cast.chen)
    assert (office.compound, office.role, office.since) == (
        cast.compound,
        "meeting-clerk",
        timezone.localdate(),
    )


def test_the_person_is_found_by_email_too(client, cast, urls):
    with_email(cast.chen, "chen@example.com")
    client.force_login(cast.zhao)
    client.post(urls["appoint"], asked(cast, contact="Chen@example.com"))
    assert CompoundOffice.objects.filter(user=cast.chen).count() == 1


@pytest.mark.parametrize(
    "wrong", [{"name": "陈二"}, {"contact": "+8610099999999"}, {"contact": "x@y"}]
)
def test_name_and_phone_must_both_be_theirs_and_the_answer_is_one(client, cast, urls, wrong):
    client.force_login(cast.zhao)
    answer = client.post(urls["appoint"], asked(cast, **wrong))
    assert answer.context["form"].errors == {
        "contact": ["没有找到姓名与手机号（或邮箱）都相符的账户。请本人先用真实姓名注册。"]
    }
    assert CompoundOffice.objects.filter(user=cast.chen).count() == 0


def test_a_manager_appoints_an_inspector_of_the_firm_and_nobody_else(client, cast, urls):
    other = people.firm(cast.compound)
    client.force_login(cast.wang)
    for fields in (
        {"role": Role.CLERK},
        {"role": Role.INSPECTOR, "firm": other.pk},
    ):
        assert client.post(urls["appoint"], asked(cast, **fields)).status_code == 200
    assert client.post(urls["appoint"], asked(cast, role=Role.INSPECTOR)).status_code == 403
    assert CompoundOffice.objects.filter(user=cast.chen).count() == 0
    client.post(urls["appoint"], asked(cast, role=Role.INSPECTOR, firm=cast.firm.pk))
    assert CompoundOffice.objects.get(user=cast.chen).firm == cast.firm


def test_a_refusal_is_told_in_words(client, cast, urls):
    client.force_login(cast.zhao)
    answer = client.post(
        urls["appoint"],
        asked(cast, name="赵四", contact=cast.zhao.phone, role=Role.INSPECTOR),
    )
    assert answer.context["form"].non_field_errors() == [
        "不能任命自己，请由其他有权人员办理。",
        "请选择物业企业。",
    ]


def test_who_may_agree_is_appointed_by_two_people(client, cast, urls):
    rulebook.load()
    county = people.user("县一")
    people.region_office(county, cast.compound.region.parent.parent, RegionOffice.Role.COUNTY)
    client.force_login(cast.sun)
    answer = client.post(urls["appoint-over"], asked(cast, role=RegionOffice.Role.STREET))
    waiting = Request.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, waiting.get_absolute_url())
    assert not RegionOffice.objects.filter(user=cast.chen).exists()
    assert client.post(f"{waiting.get_absolute_url()}agree/").status_code == 403
    client.force_login(county)
    page = client.get(waiting.get_absolute_url()).content.decode()
    assert [word for word in ("陈一", "街道（乡镇）工作人员") if word not in page] == []
    assert client.post(f"{waiting.get_absolute_url()}agree/").status_code == 302
    assert RegionOffice.objects.get(user=cast.chen).region == cast.compound.region.parent


def test_who_is_to_be_appointed_does_not_agree_to_it(cast, urls, client):
    rulebook.load()
    second = people.user("孙七")
    top = cast.compound.region.parent.parent
    people.region_office(second, top, RegionOffice.Role.ADMINISTRATOR)
    client.force_login(cast.sun)
    fields = asked(cast, role=RegionOffice.Role.STREET, name="孙七", contact=second.phone)
    client.post(urls["appoint-over"], fields)
    client.force_login(second)
    answer = client.post(f"{Request.objects.get().get_absolute_url()}agree/")
    assert (answer.status_code, "不能任命自己" in answer.content.decode()) == (409, True)
    assert not RegionOffice.objects.filter(user=second, role=RegionOffice.Role.STREET).exists()


def test_where_one_administrator_is_alone_the_page_says_who_is_lacking(client, cast, urls):
    client.force_login(cast.sun)
    answer = client.post(urls["appoint-over"], asked(cast, role=RegionOffice.Role.STREET))
    (words,) = answer.context["form"].non_field_errors()
    assert words.startswith("这里还没有另一位有权同意的人。")
    assert not Request.objects.exists()


@pytest.mark.parametrize("page", ["end", "end-over"])
def test_an_appointment_made_by_mistake_today_ends_at_once(client, cast, urls, page):
    today = timezone.localdate()
    CompoundOffice.objects.filter(user=cast.li).update(since=today)
    RegionOffice.objects.filter(user=cast.zhao).update(since=today)
    client.force_login(cast.zhao if page == "end" else cast.sun)
    assert client.post(urls[page], {"at_once": "on"}).status_code == 302
    held = CompoundOffice.objects.filter(user=cast.li, role=Role.CLERK)
    assert held.exists() == (page != "end")
    assert RegionOffice.objects.filter(user=cast.zhao).exists() == (page == "end")
    acts = AuditEntry.objects.filter(act="accounts.called_off_office")
    assert acts.get().facts["since"] == today.isoformat()


def test_an_office_that_runs_ends_at_once_with_yesterday(client, cast, urls):
    client.force_login(cast.zhao)
    assert client.post(urls["end"], {"on": "", "at_once": "on"}).status_code == 302
    office = CompoundOffice.objects.get(user=cast.li, role=Role.CLERK)
    assert office.until == timezone.localdate() - timedelta(days=1)


def test_only_the_roles_of_that_level_are_offered(client, cast, urls):
    client.force_login(cast.sun)
    form = client.get(urls["appoint-over"]).context["form"]
    assert [value for value, _ in form.fields["role"].choices] == ["", "street-officer"]
    county = reverse("accounts:appoint-over", args=[cast.compound.region.parent.parent.code])
    form = client.get(county).context["form"]
    assert [value for value, _ in form.fields["role"].choices] == [
        "",
        "county-officer",
        "administrator",
    ]


def test_an_office_is_ended_from_its_page(client, cast, urls):
    client.force_login(cast.zhao)
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = client.post(urls["end"], {"on": yesterday.isoformat()})
    assert (answer.status_code, answer["Location"]) == (302, urls["offices"])
    assert CompoundOffice.objects.get(user=cast.li, role=Role.CLERK).until == yesterday
    answer = client.post(urls["end"], {"on": timezone.localdate().isoformat()})
    assert answer.context["form"].errors == {"on": ["此职务在这一日之前已经结束。"]}


def test_a_region_office_is_ended_from_its_page(client, cast, urls):
    client.force_login(cast.sun)
    client.post(urls["end-over"], {"on": timezone.localdate().isoformat()})
    assert RegionOffice.objects.get(user=cast.zhao).until == timezone.localdate()


def test_an_office_is_not_found_under_another_compound(client, cast, urls):
    client.force_login(cast.zhao)
    clerk = CompoundOffice.objects.get(user=cast.li, role=Role.CLERK)
    address = reverse("accounts:end-office", args=[cast.other_compound.code, clerk.pk])
    assert client.get(address).status_code == 404


def test_the_way_in_lists_what_the_office_covers(client, cast, urls):
    for user, compounds, regions in (
        (cast.zhao, [cast.compound], []),
        (cast.qian, [cast.other_compound], []),
        (cast.sun, [cast.compound], [cast.compound.region.parent.parent]),
    ):
        client.force_login(user)
        context = client.get(urls["home"]).context
        assert (list(context["page"]), list(context["regions"])) == (compounds, regions)
