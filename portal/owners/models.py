"""The roll: owners, what they hold, who speaks for a home, and the versions frozen for a vote."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.places.models import OfCompound, Part
from portal.tools.evidence.models import Evidence
from portal.tools.keys import Keyed
from portal.tools.privacy.fields import EncryptedTextField


class Owner(Keyed, OfCompound):
    """An owner in one compound.  Names, phones and numbers are encrypted; hashes find them."""

    class Kind(models.TextChoices):
        PERSON = "person", _("个人")
        COMPANY = "company", _("单位")
        DEVELOPER = "developer", _("建设单位")

    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.PERSON)
    name = EncryptedTextField(_("姓名或名称"))
    name_hash = models.CharField(max_length=64, editable=False)
    phone = EncryptedTextField(_("电话"), blank=True)
    phone_hash = models.CharField(max_length=64, blank=True, editable=False)
    phone_is_checked = models.BooleanField(default=False)
    id_number = EncryptedTextField(_("证件号"), blank=True)
    id_hash = models.CharField(max_length=64, blank=True, editable=False)
    id_is_checked = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("业主")
        verbose_name_plural = _("业主")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "id_hash"],
                condition=Q(id_is_checked=True) & ~Q(id_hash=""),
                name="one_owner_has_one_checked_number",
            )
        ]
        indexes = [
            models.Index(fields=["compound", "phone_hash"], name="owners_by_phone"),
            models.Index(fields=["compound", "name_hash"], name="owners_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


class HoldingQuerySet(models.QuerySet["Holding"]):
    def current(self) -> "HoldingQuerySet":
        return self.filter(until__isnull=True)


class Holding(Keyed, OfCompound):
    """One owner's share of one part; the share may be unknown (common ownership)."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="holdings", db_index=False)
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="holdings", db_index=False)
    share_num = models.PositiveIntegerField(null=True, blank=True)
    share_den = models.PositiveIntegerField(null=True, blank=True)
    certificate = EncryptedTextField(_("权证号"), blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("产权")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "part", "owner"],
                condition=Q(until__isnull=True),
                name="an_owner_holds_a_part_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(share_num__isnull=True, share_den__isnull=True)
                | Q(share_num__gt=0, share_den__gt=0, share_num__lte=F("share_den")),
                name="a_share_is_a_fraction_of_the_whole",
            ),
        ]
        indexes = [models.Index(fields=["compound", "owner"], name="holdings_by_owner")]

    def __str__(self) -> str:
        return f"{self.part_id} {self.owner_id}"


class Delegate(Keyed, OfCompound):
    """The one co-owner who votes for a part (guidance art. 25)."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="delegates", db_index=False)
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="+", db_index=False)
    named_at = models.DateTimeField()

    class Meta:
        verbose_name = _("表决代表")
        constraints = [
            models.UniqueConstraint(fields=["compound", "part"], name="a_part_has_one_delegate")
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.owner_id}"


class BindingQuerySet(models.QuerySet["Binding"]):
    def current(self) -> "BindingQuerySet":
        return self.filter(ended_at__isnull=True)


class Binding(Keyed, OfCompound):
    """A user found to be an owner on the roll; `user` is a plain id, users live elsewhere.

    At the desk somebody saw papers (`by`, `papers`).  One that was ended stays, with its reason.
    """

    class Basis(models.TextChoices):
        PHONE = "phone", _("已验证手机号与姓名一致")
        DESK = "desk", _("现场核验")

    owner = models.ForeignKey(Owner, models.PROTECT, related_name="bindings", db_index=False)
    user = models.UUIDField()
    basis = models.CharField(max_length=10, choices=Basis)
    bound_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    papers = EncryptedTextField(_("核验的材料"), blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    end_reason = EncryptedTextField(_("解除的理由"), blank=True)

    objects = BindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("房屋绑定")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "owner"],
                condition=Q(ended_at__isnull=True),
                name="an_owner_is_one_user",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="an_ended_binding_says_who_ended_it",
            ),
        ]
        indexes = [models.Index(fields=["user"], name="bindings_by_user")]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.user}"


class WrongName(Keyed, OfCompound):
    """A name tried for an owner that was not the roll's: by which account; never the name."""

    owner = models.ForeignKey(Owner, models.CASCADE, related_name="+", db_index=False)
    user = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["compound", "owner"], name="wrong_names_by_owner"),
            models.Index(fields=["user"], name="wrong_names_by_user"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.user}"


class RollImport(Keyed, OfCompound):
    """A file of the roll that was taken in: its hash, its counts, who and when."""

    file_name = EncryptedTextField(_("文件名"))  # may name a person
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=dict)
    upload = models.UUIDField(null=True)  # the file that was looked at, gone since
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("名册导入")
        indexes = [models.Index(fields=["compound", "at"], name="imports_by_time")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.at:%Y-%m-%d}"


class RollUpload(Keyed, OfCompound):
    """A file of the roll that was looked at and waits to be taken in, or the rows of one that were
    left over and wait to be mended; encrypted, then gone.  `seen` is the state of the registry
    against which it was looked at."""

    class Step(models.TextChoices):
        LOOKED_AT = "looked-at", _("已检查")
        SENT = "sent", _("排队等待")
        JUDGED = "judged", _("正在核对")
        WRITTEN = "written", _("正在写入")
        UNREADABLE = "unreadable", _("文件无法读取")
        CHANGED = "changed", _("名册在检查之后有变动")

    UNDER_WAY = (Step.SENT, Step.JUDGED, Step.WRITTEN)

    file_name = EncryptedTextField()
    content = EncryptedTextField()  # base64
    is_left_over = models.BooleanField(default=False)
    step = models.CharField(max_length=10, choices=Step, default=Step.LOOKED_AT)
    seen = models.CharField(max_length=200, blank=True, default="")
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("待导入名册")
        indexes = [models.Index(fields=["compound", "by"], name="uploads_by_clerk")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_under_way(self) -> bool:
        return self.step in self.UNDER_WAY


class RollVersion(Evidence, OfCompound):
    """The roll as frozen for a meeting: numbered, counted, hashed (EV-01, law.md §2.1 step 6)."""

    number = models.PositiveIntegerField(_("版本"))
    frozen_at = models.DateTimeField(_("冻结时间"))
    parts = models.PositiveIntegerField(_("专有部分数"))
    heads = models.PositiveIntegerField(_("人数"))
    area = models.PositiveBigIntegerField(_("面积（0.01㎡）"))
    counts_parking = models.BooleanField(_("车位、储藏室计入"), default=False)
    sha256 = models.CharField(max_length=64)
    by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("名册版本")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "number"], name="a_roll_version_has_its_number"
            )
        ]

    def __str__(self) -> str:
        return f"V{self.number}"


class RollGroup(Evidence, OfCompound):
    """One head of a frozen roll: a set of owners, or the developer's undelivered parts."""

    version = models.ForeignKey(RollVersion, models.PROTECT, related_name="groups", db_index=False)
    number = models.PositiveIntegerField()
    is_developer = models.BooleanField(default=False)
    needs_a_look = models.BooleanField(default=False)  # law.md §2.1 step 5

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "version", "number"], name="a_head_stands_once_on_a_roll"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.number}"


class RollOwner(Evidence, OfCompound):
    """One owner of a head on a frozen roll; `owner` is a plain id, the person's row may go."""

    version = models.ForeignKey(RollVersion, models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(RollGroup, models.PROTECT, related_name="owners", db_index=False)
    owner = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "version", "owner", "group"],
                name="an_owner_stands_once_in_a_head",
            )
        ]
        indexes = [models.Index(fields=["compound", "group"], name="roll_owners_by_head")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.owner}"


class RollLine(Evidence, OfCompound):
    """One part of a frozen roll, with what it weighed that day."""

    version = models.ForeignKey(RollVersion, models.PROTECT, related_name="lines", db_index=False)
    group = models.ForeignKey(RollGroup, models.PROTECT, related_name="lines", db_index=False)
    part = models.UUIDField()
    key = models.CharField(max_length=60)
    area = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    delivery = models.CharField(max_length=12)
    building = models.CharField(max_length=20, blank=True)
    delegate = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "version", "part"], name="a_part_stands_once_on_a_roll"
            )
        ]
        indexes = [models.Index(fields=["compound", "group"], name="roll_lines_by_head")]

    def __str__(self) -> str:
        return self.key
