"""What an administrator enters of places and firms; what others hang on cannot be changed."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.accounts.phones import NotAPhone, e164
from portal.firms.models import Firm, ServiceContract
from portal.owners.rules.identity import is_credit_code
from portal.places.models import Compound, Installation, Region
from portal.places.queries import is_demonstration

REGION_CODE = RegexValidator(
    r"^[1-9]\d{5}(\d{3}|\d{6}|-\d{2,3}(-\d{2,3})?)?\Z",
    _("区划代码是 6、9 或 12 位数字，或在上级代码后加连字符和两三位数字，如 330324-01。"),
)
COMPOUND_CODE = RegexValidator(
    r"^[1-9]\d{5}-\d{4}\Z", _("小区编码是县的 6 位区划代码、连字符和 4 位数字，如 330324-0012。")
)
BELOW = {Region.Level.COUNTY: Region.Level.STREET, Region.Level.STREET: Region.Level.COMMUNITY}
EARLIEST, LATEST = 1900, 2100
SERVICE_NUMBER = re.compile(r"9\d{4}|1[02-9]\d{3}")  # 95xxx, 12345


class InstallationForm(WagtailAdminModelForm):
    """The name in the head of every page, and the filing numbers at its foot."""

    class Meta:
        model = Installation
        fields = ["name", "icp_filing", "police_filing"]


class RegionForm(WagtailAdminModelForm):
    """A street below the county or a community below a street; its level follows."""

    fixed = ("parent", "code")

    class Meta:
        model = Region
        fields = ["parent", "name", "code"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].validators.append(REGION_CODE)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)  # noqa: S101 - a foreign key's field
        parent.label, parent.required = _("上级"), not self._is_county()
        parent.queryset = Region.objects.filter(level__in=BELOW).order_by("path")
        parent.help_text = _("县以下是街道（乡镇），街道以下是社区（村）。")
        fix(self, self.fixed)

    def _is_county(self) -> bool:
        return bool(self.instance.level == Region.Level.COUNTY)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        parent, code = found.get("parent"), found.get("code")
        if self.instance._state.adding and parent and code:
            if not code.startswith(parent.code):
                facts = {"code": parent.code}
                self.add_error("code", _("代码须以上级的代码 %(code)s 开头。") % facts)
            self.instance.level = BELOW[Region.Level(parent.level)]
            self.instance.path = f"{parent.path}{code}/"
        return found


class CompoundForm(WagtailAdminModelForm):
    """A compound; its code is in its addresses and on paper, so it stays."""

    fixed = ("code",)
    registered_area = forms.DecimalField(
        label=_("登记专有面积（㎡）"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(100000000),
        decimal_places=2,
        help_text=_("不动产登记或测绘成果中的总面积，与名册合计对照。"),
    )

    class Meta:
        model = Compound
        fields = [
            *("region", "code", "name", "kind", "address", "built_in"),
            *("registered_parts", "registered_area"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].validators.append(COMPOUND_CODE)
        self.fields["code"].help_text = _("如 330324-0012；建立后不能改。")
        region = self.fields["region"]
        assert isinstance(region, forms.ModelChoiceField)  # noqa: S101 - a foreign key's field
        region.queryset = Region.objects.filter(level=Region.Level.COMMUNITY).order_by("path")
        if area := self.instance.registered_area:
            self.initial["registered_area"] = Decimal(area) / 100
        fix(self, self.fixed)

    def clean_built_in(self) -> int | None:
        year: int | None = self.cleaned_data["built_in"]
        if year is not None and not EARLIEST <= year <= LATEST:
            raise forms.ValidationError(_("建成年份须是四位年份，如 2012。"))
        return year

    def clean_registered_area(self) -> int | None:
        area: Decimal | None = self.cleaned_data["registered_area"]
        return None if area is None else int((area * 100).to_integral_value(ROUND_HALF_UP))


class FirmForm(WagtailAdminModelForm):
    """A property firm; its credit code has a check digit, its telephone is one that exists."""

    class Meta:
        model = Firm
        fields = ["name", "credit_code", "telephone"]

    def clean_credit_code(self) -> str:
        code = "".join(self.cleaned_data["credit_code"].split()).upper()
        if code and not is_credit_code(code):
            raise forms.ValidationError(_("统一社会信用代码不对，应是营业执照上的 18 位，请核对。"))
        if code and Firm.objects.filter(credit_code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("已有企业使用这个统一社会信用代码。"))
        return code

    def clean_telephone(self) -> str:
        telephone: str = self.cleaned_data["telephone"].strip()
        if telephone and not SERVICE_NUMBER.fullmatch(telephone):
            try:
                e164(telephone, demonstration=is_demonstration())
            except NotAPhone:
                raise forms.ValidationError(
                    _("这不是可以拨打的电话。请写手机号，或带区号的座机号，如 0577-67220000。")
                ) from None
        return telephone


class ContractForm(WagtailAdminModelForm):
    """Who serves which compound, and from when to when."""

    fixed = ("compound", "firm", "starts_on")

    class Meta:
        model = ServiceContract
        fields = ["compound", "firm", "starts_on", "ends_on", "filed_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "ends_on", "filed_on"):
            self.fields[name].widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        fix(self, self.fixed)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        starts_on, ends_on = found.get("starts_on"), found.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("终止日不能早于起始日。"))
        return found


def fix(form: WagtailAdminModelForm, names: tuple[str, ...]) -> None:
    """Shut the fields that are set once."""
    if not form.instance._state.adding:
        for name in names:
            form.fields[name].disabled = True
