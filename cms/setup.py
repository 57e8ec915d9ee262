"""The first installation: the county, its site and its first administrator.

It stands here, above accounts and places, because it makes something in each of them.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal.accounts import actions as accounts
from portal.accounts.models import RegionOffice, User
from portal.accounts.phones import NotAPhone, e164, takes_codes
from portal.places.models import Installation, Region
from portal.tools.audit.actions import note

from . import actions

CODE = re.compile(r"[1-9]\d{5}")  # GB/T 2260
PROFILE = re.compile(r"[a-z]{2}(\.[a-z]+){0,2}")
LONGEST_NAME = 60


class CannotSetUp(Exception):
    """Why this county cannot be set up; `reasons` are all of them, in words."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class County:
    """`code` is the six digits of GB/T 2260, `profile` the region of its rules; the administrator
    has a phone, an e-mail address or both."""

    name: str
    code: str
    profile: str
    administrator: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """Who administers, and whether the account is new and so takes a password."""

    administrator: User
    is_new: bool


def check(county: County) -> None:
    """Refuses (`CannotSetUp`) what cannot stand, with every reason."""
    reasons = [*_faults_of_county(county), *_faults_of_person(county), *_faults_of_database(county)]
    if reasons:
        raise CannotSetUp(reasons)


@transaction.atomic
def set_up(county: County, *, password: str, at: datetime) -> Done:
    """Make what is missing; a second run with the same facts changes nothing."""
    check(county)
    _installation, is_first = Installation.objects.get_or_create(
        only=True, defaults={"name": county.name}
    )
    region, _made = Region.objects.get_or_create(
        code=county.code,
        defaults={
            "name": county.name,
            "level": Region.Level.COUNTY,
            "path": f"{county.code}/",
            "profile": county.profile,
        },
    )
    actions.build_site(county.name)
    known = _person(county)
    person = known or accounts.open_account(
        county.administrator, phone=_phone(county), email=county.email, password=password, by=None
    )
    _appoint(region, person, at)
    actions.sync_editors(on=localdate(at))
    if is_first:
        note("cms.set_up_county", region, by=None, at=at, facts={"code": county.code})
    return Done(person, is_new=known is None)


def _appoint(region: Region, person: User, at: datetime) -> None:
    wanted = accounts.Appointment(person, RegionOffice.Role.ADMINISTRATOR, since=localdate(at))
    try:
        with transaction.atomic():
            accounts.appoint_over(region, wanted, by=None, at=at)
    except accounts.Unfit as refusal:
        if refusal.reasons != (accounts.Reason.HELD_ALREADY,):
            raise CannotSetUp([_("该账户不能担任系统管理员（已停用）。")]) from None


def _phone(county: County) -> str:
    return e164(county.phone, demonstration=False) if county.phone else ""


def _person(county: County) -> User | None:
    """Whose account the phone or the proved address is."""
    if county.phone and (found := User.objects.by_phone(_phone(county))):
        return found
    if not county.email:
        return None
    return User.objects.filter(
        emailaddress__email=county.email.lower(), emailaddress__verified=True
    ).first()


def _faults_of_county(county: County) -> list[str]:
    faults = []
    if not county.name.strip() or len(county.name) > LONGEST_NAME:
        faults.append(_("县（市、区）名称须为 1 至 60 个字。"))
    if not CODE.fullmatch(county.code):
        faults.append(_("行政区划代码须为 6 位数字，如 330324。"))
    if not PROFILE.fullmatch(county.profile):
        faults.append(_("规则区域须形如 zj.wenzhou.yongjia（省.市.县）。"))
    return faults


def _faults_of_person(county: County) -> list[str]:
    faults = []
    if not county.administrator.strip():
        faults.append(_("须填写管理员姓名。"))
    if not county.phone and not county.email:
        faults.append(_("管理员须有手机号或电子邮箱。"))
    try:
        if county.phone and not takes_codes(_phone(county)):
            faults.append(_("管理员的号码须是中国大陆手机号。"))
    except NotAPhone:
        faults.append(_("管理员手机号不存在。"))
    try:
        if county.email:
            validate_email(county.email)
    except ValidationError:
        faults.append(_("管理员电子邮箱不对。"))
    return faults


def _faults_of_database(county: County) -> list[str]:
    faults = []
    if Installation.objects.filter(is_demonstration=True).exists():
        faults.append(_("这是演示库，不能改作正式库；请另建数据库。"))
    other = Region.objects.filter(level=Region.Level.COUNTY).exclude(
        code=county.code, name=county.name, profile=county.profile
    )
    faults += [
        _("库中已有%(name)s（%(code)s，规则区域 %(profile)s），与所填不一致。")
        % {"name": region.name, "code": region.code, "profile": region.profile}
        for region in other
    ]
    return faults
