"""Users and the offices they hold: a role, somewhere, from one day to another."""

import secrets
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from portal.firms.models import Firm
from portal.places.models import OfCompound, Region
from portal.tools.keys import Keyed
from portal.tools.privacy.cipher import keyed_hash
from portal.tools.privacy.fields import EncryptedTextField


def new_login_code() -> str:
    """The name by which logs know a user: it tells nothing about the person."""
    return f"u{secrets.token_hex(6)}"


class UserManager(BaseUserManager["User"]):
    def create_user(self, password: str | None = None, **fields: object) -> "User":
        user = self.model(**fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def by_phone(self, phone: str) -> "User | None":
        """Whose verified phone this is; `phone` is E.164."""
        return self.filter(phone_hash=phone_hash(phone)).first() if phone else None


def phone_hash(phone: str) -> str:
    """The hash by which a phone (E.164) is found, of users and of owners alike."""
    return keyed_hash(phone, kind="phone")


class User(Keyed, AbstractBaseUser, PermissionsMixin):
    """A person who signs in, by phone or e-mail; what they may do follows from offices and roll.

    A phone is found by its hash only once its holder has proved it: a number that somebody else
    has merely typed in opens nothing and takes nothing away.
    """

    code = models.CharField(max_length=20, unique=True, default=new_login_code)
    name = EncryptedTextField(_("姓名"), blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True, default="")
    phone = EncryptedTextField(_("手机号"), blank=True)
    phone_hash = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    phone_verified = models.BooleanField(default=False)
    is_active = models.BooleanField(_("启用"), default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    big_type = models.BooleanField(_("长辈版"), default=False)
    session_stamp = models.PositiveIntegerField(default=0, editable=False)

    gave_code = False  # in this request's browser a code by SMS was given (SignInMiddleware)

    objects = UserManager()

    USERNAME_FIELD = "code"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
        constraints = [
            models.CheckConstraint(
                condition=Q(phone_hash__isnull=True) | Q(phone_verified=True),
                name="only_a_proved_phone_is_found",
            )
        ]

    def __str__(self) -> str:
        return self.code  # what is printed without thought reaches logs; pages ask for the name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # raising the stamp ends every session of this user, as a new password does
        value = f"{self.password}:{self.session_stamp}"
        return salted_hmac(
            "portal.accounts.session", value, secret=secret, algorithm="sha256"
        ).hexdigest()


class Visit(Keyed):
    """A browser in which somebody is signed in, until the session behind it ends."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("用户"), related_name="+")
    session = EncryptedTextField()
    session_hash = models.CharField(max_length=64, unique=True, editable=False)
    device = EncryptedTextField(_("设备"), blank=True)
    began_at = models.DateTimeField(_("登录时间"))
    seen_at = models.DateTimeField(_("最近使用"))

    class Meta:
        verbose_name = _("登录设备")

    def __str__(self) -> str:
        return str(self.pk)


class Invitation(Keyed):
    """A phone that may sign up though no roll knows it, until its time is over."""

    phone_hash = models.CharField(max_length=64, unique=True, editable=False)
    by = models.ForeignKey(User, models.CASCADE, verbose_name=_("邀请人"), related_name="+")
    until = models.DateTimeField(_("有效期至"))

    class Meta:
        verbose_name = _("邀请")

    def __str__(self) -> str:
        return str(self.pk)


class Tenure(Keyed):
    """Who holds an office and from when to when; the last day is included."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("用户"), related_name="+")
    since = models.DateField(_("任职起"))
    until = models.DateField(_("任职止"), null=True, blank=True)

    class Meta:
        abstract = True


def held_on(day: date) -> Q:
    """The condition that a tenure covers `day`."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


class RegionOffice(Tenure):
    """An office over a region: its community, street and county officers, its administrator."""

    class Role(models.TextChoices):
        COMMUNITY = "community-officer", _("社区工作人员")
        STREET = "street-officer", _("街道（乡镇）工作人员")
        COUNTY = "county-officer", _("县住建局工作人员")
        ADMINISTRATOR = "administrator", _("系统管理员")

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("区域"))
    role = models.CharField(_("职务"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("区域职务")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "user", "role", "since"], name="an_office_is_entered_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="an_office_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.get_role_display()}"


class CompoundOffice(Tenure, OfCompound):
    """An office in one compound: committee member, clerk, or one of the firm's people."""

    class Role(models.TextChoices):
        MEMBER = "committee-member", _("业委会成员")
        CLERK = "meeting-clerk", _("会务人员")
        MANAGER = "firm-manager", _("物业项目经理")
        INSPECTOR = "inspector", _("消防巡查员")
        REPAIRER = "repairer", _("维修员")
        DUTY = "duty-keeper", _("消防控制室值班员")

    role = models.CharField(_("职务"), max_length=20, choices=Role)
    firm = models.ForeignKey(
        Firm, models.PROTECT, verbose_name=_("物业企业"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("小区职务")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "user", "role", "since"],
                name="a_compounds_office_is_entered_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="a_compounds_office_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(firm__isnull=True)
                ^ Q(role__in=["firm-manager", "inspector", "repairer", "duty-keeper"]),
                name="the_firms_people_name_their_firm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.compound} {self.get_role_display()}"
