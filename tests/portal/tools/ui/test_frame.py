"""The frame of every page: head, switches, foot, and the pages for what goes wrong."""

import re

import pytest
from django.contrib.messages import constants
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import path
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from portal.accounts.models import User
from portal.places.models import Installation
from portal.urls import urlpatterns as site

PAGE = "/account/login/"
IN_CHINESE = {"accept-language": "zh-CN"}


def refused(request):
    raise PermissionDenied


def broken(request):
    raise RuntimeError


def senseless(request):
    raise SuspiciousOperation


urlpatterns = [
    path("refused/", refused),
    path("broken/", broken),
    path("senseless/", senseless),
    *site,
]


def page(client, address=PAGE, **query):
    return client.get(address, query, headers=IN_CHINESE).content.decode()


def links(html):
    return re.findall(r'<a class="tool[^"]*" href="([^"]+)"', html)


def test_the_page_says_its_language_its_name_and_where_its_text_begins(client, db):
    html = page(client)
    assert html.startswith('<!DOCTYPE html>\n<html lang="zh-Hans">')
    assert "<title>登录 - 幸福里</title>" in html
    assert '<a class="skip" href="#main">跳到正文</a>' in html
    assert html.count("<main ") == 1


def test_the_title_says_when_something_is_wrong(client, db):
    html = client.post(PAGE, {}, headers=IN_CHINESE).content.decode()
    assert "<title>错误：登录 - 幸福里</title>" in html


def test_a_visitor_is_offered_to_sign_in(client, db):
    assert links(page(client)) == ["/account/login/"]


def test_who_is_signed_in_sees_their_matters_and_their_name(client, cast):
    client.force_login(cast.chen)
    html = page(client, "/account/logout/")
    assert links(html) == ["/my/", "/account/password/change/"]
    assert "我的账号：</span>陈一</a>" in html


def test_the_head_of_a_visitors_page_holds_no_token_for_it_is_cached(client, db):
    head = page(client).split("<main")[0]
    assert "csrfmiddlewaretoken" not in head
    assert "nonce" not in head


def test_the_switches_lead_back_to_this_page(client, db):
    html = page(client, PAGE, next="/my/")
    assert re.findall(r'name="next" value="([^"]+)">\s*<button class="tool"', html) == [
        "/account/login/?next=%2Fmy%2F",
        "/account/login/?next=%2Fmy%2F",
    ]


def test_the_demonstration_says_that_it_is_one(client, cast):
    assert "演示数据，人物与小区均为虚构" in page(client)
    Installation.objects.update(is_demonstration=False)
    assert "演示数据" not in page(client)


def test_the_foot_names_the_filings_where_there_are_some(client, cast):
    assert "beian" not in page(client)
    Installation.objects.update(icp_filing="浙ICP备1号", police_filing="浙公网安备2号")
    foot = page(client).split("<footer")[1]
    assert re.findall(r'rel="noreferrer">([^<]+)<', foot) == ["浙ICP备1号", "浙公网安备2号"]


def test_a_page_stands_before_the_installation_is_named(client, db):
    Installation.objects.all().delete()
    html = page(client)
    assert "brand-name" in html
    assert "brand-place" not in html


def test_the_frame_asks_the_database_once_for_a_visitor(db, django_assert_num_queries):
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with django_assert_num_queries(1):
        render_to_string("base.html", request=request)


@pytest.mark.parametrize(
    ("level", "kind", "role"),
    [
        (constants.INFO, "info", "status"),
        (constants.SUCCESS, "good", "status"),
        (constants.WARNING, "care", "status"),
        (constants.ERROR, "wrong", "alert"),
    ],
)
def test_messages_are_told_by_their_weight(level, kind, role):
    from django.contrib.messages.storage.base import Message

    with translation.override("zh-hans"):
        html = render_to_string("parts/messages.html", {"messages": [Message(level, "计票完成。")]})
    assert f'<div class="notice notice-{kind}" role="{role}">' in html
    assert ("没有办成：" in html) == (level == constants.ERROR)


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "code", "title"),
    [
        ("/senseless/", 400, "请求有误"),
        ("/refused/", 403, "没有权限"),
        ("/no-such-page/", 404, "找不到这一页"),
    ],
)
def test_what_goes_wrong_has_a_page_in_the_house_style(client, cast, address, code, title):
    response = client.get(address, headers=IN_CHINESE)
    assert response.status_code == code
    assert f"<title>{title} - 幸福里</title>" in response.content.decode()


@pytest.mark.urls(__name__)
def test_a_refused_visitor_is_shown_the_way_in_and_back(client, cast):
    assert 'href="/account/login/?next=/refused/"' in page(client, "/refused/")
    client.force_login(cast.chen)
    assert "您现在以“陈一”登录" in page(client, "/refused/")


@pytest.mark.urls(__name__)
def test_a_fault_of_ours_is_told_without_asking_the_database(client):
    client.raise_request_exception = False
    response = client.get("/broken/", headers=IN_CHINESE)  # no db fixture: a query would raise
    assert response.status_code == 500
    assert "<title>系统出错了 - 幸福里</title>" in response.content.decode()


def test_a_ballot_that_did_not_arrive_can_be_sent_again_unchanged():
    fields = [("key", "k1"), ("m1", "1"), ("m1", "3")]
    again = {"address": "/meetings/x/1/ballot/", "fields": fields}
    with translation.override("zh-hans"):
        html = render_to_string("503.html", {"again": again}, RequestFactory().get("/"))
    assert "还没有收到，请再点一次" in html
    assert "不会重复计票" in html
    assert re.findall(r'name="(key|m1)" value="(\w+)"', html) == fields
    assert "csrfmiddlewaretoken" in html


def test_without_a_ballot_the_page_of_an_outage_asks_for_patience():
    request = RequestFactory().get("/")
    request.COOKIES["big"] = "1"
    request.user = SimpleLazyObject(User.objects.get)  # no db fixture: a query would raise
    with translation.override("zh-hans"):
        html = render_to_string("503.html", {}, request)
    assert '<html lang="zh-Hans" class="big">' in html
    assert "系统暂时不能办理" in html
    assert "<form" not in html


def test_too_many_attempts_are_told_with_patience():
    with translation.override("zh-hans"):
        assert "您的账号没有被锁定" in render_to_string("429.html")
