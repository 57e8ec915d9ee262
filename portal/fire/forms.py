"""What inspectors and managers fill in, cleaned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.places.actions import BuildingFacts
from portal.places.models import Building, Compound, Stairwell
from portal.tools.files.forms import PhotoField
from portal.tools.files.models import StoredFile
from portal.tools.keys import new_key
from portal.tools.ui.typed import TextField

from .actions import Answer, EquipmentFacts, PlaceFacts
from .models import Check, FirePlace
from .rules.answers import WORDS_LENGTH, Result
from .rules.catalogue import Duty, Item, catalogue
from .rules.clocks import Agent

RESULTS = [
    (Result.NORMAL.value, gettext_lazy("正常")),
    (Result.FAILED.value, gettext_lazy("异常")),
    (Result.ABSENT.value, gettext_lazy("不适用")),
]
AGENTS = [
    ("", gettext_lazy("不是灭火器")),
    (Agent.WATER.value, gettext_lazy("水基型")),
    (Agent.POWDER.value, gettext_lazy("干粉")),
    (Agent.GAS.value, gettext_lazy("洁净气体")),
    (Agent.CO2.value, gettext_lazy("二氧化碳")),
]
FEW_LINES = {"rows": 2}
PHONE_YEARS = range(1970, 3000)  # a clock that was never set begins in 1970


def day_field(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=False, **options)


def asked_when(words: Any, field: forms.Field) -> forms.Field:
    """A field that may be empty, but not always: `words` say when it is asked for."""
    field.required = False
    field.asked_when = words  # type: ignore[attr-defined]
    return field


@dataclass(frozen=True, slots=True)
class Asked:
    """One item of the log with its three fields."""

    item: Item
    result: BoundField
    words: BoundField
    photo: BoundField

    @property
    def is_open(self) -> bool:
        """Whether the part for a failure is shown open: it was used, or something is wrong."""
        used = self.result.value() == Result.FAILED or self.words.value()
        return bool(used or self.words.errors or self.photo.errors)


class LogForm(forms.Form):
    """The items of a duty, none of them chosen beforehand."""

    form = forms.UUIDField(widget=forms.HiddenInput, initial=new_key)
    opened = forms.ChoiceField(
        widget=forms.HiddenInput, choices=Check.Opened.choices, initial=Check.Opened.LIST
    )
    device_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, duty: Duty, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duty = duty
        for item in duty.items:
            self.fields[f"result_{item.code}"] = forms.ChoiceField(
                label=item.words,
                choices=RESULTS,
                widget=forms.RadioSelect,
                error_messages={"required": _("请选择正常、异常或不适用。")},
            )
            self.fields[f"words_{item.code}"] = asked_when(
                _("（异常或全部不适用时必填）"),
                forms.CharField(
                    label=_("异常情况，或不适用的原因：%s") % item.words,
                    max_length=WORDS_LENGTH,
                    widget=forms.Textarea(attrs=FEW_LINES),
                ),
            )
            self.fields[f"photo_{item.code}"] = asked_when(
                _("（异常时必填）"), PhotoField(label=_("异常照片：%s") % item.words)
            )

    def clean_device_at(self) -> datetime | None:
        """The phone's own time; what is no moment is left out, for nobody typed it."""
        try:
            found = datetime.fromisoformat(self.cleaned_data["device_at"])
        except ValueError:
            return None
        return found if found.tzinfo and found.year in PHONE_YEARS else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for item in self.duty.items:
            if cleaned.get(f"result_{item.code}") == Result.FAILED:
                self._require(f"words_{item.code}", _("请写明异常情况。"))
                self._require(f"photo_{item.code}", _("请拍一张异常处的照片。"))
            elif cleaned.get(f"result_{item.code}") == Result.NORMAL and self._tells_of(item):
                words = _("选了“正常”，却填了异常情况或照片。请改选“异常”，或清空异常情况。")
                self.add_error(f"result_{item.code}", words)
        if self._nothing_applies():
            for item in self.duty.items:
                self._require(
                    f"words_{item.code}", _("各项都不适用，等于没有检查。请逐项写明原因。")
                )
        return cleaned

    def _nothing_applies(self) -> bool:
        said = [self.cleaned_data.get(f"result_{item.code}") for item in self.duty.items]
        return all(result == Result.ABSENT for result in said)

    def _tells_of(self, item: Item) -> bool:
        """Whether a failure of the item was described or shown."""
        said = self.cleaned_data
        return bool(said.get(f"words_{item.code}") or said.get(f"photo_{item.code}"))

    def _require(self, name: str, message: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)

    @property
    def photos_are_lost(self) -> bool:
        """A browser does not send a chosen photo twice: with errors it must be chosen again."""
        return bool(self.errors and self.files)

    def asked(self) -> Iterator[Asked]:
        for item in self.duty.items:
            names = (f"{part}_{item.code}" for part in ("result", "words", "photo"))
            yield Asked(item, *(self[name] for name in names))

    def answers(self) -> list[Answer]:
        said = self.cleaned_data
        return [
            Answer(
                item.code,
                said[f"result_{item.code}"],
                said[f"words_{item.code}"],
                said[f"photo_{item.code}"]
                if said[f"result_{item.code}"] == Result.FAILED
                else None,
            )
            for item in self.duty.items
        ]


class DigitsField(forms.RegexField):
    def to_python(self, value: Any) -> str:
        """Digits typed in full width (１００１) are the same digits."""
        return normalize("NFKC", super().to_python(value) or "").strip()


class DigitsForm(forms.Form):
    digits = DigitsField(
        r"^[0-9]{4}$",
        label=gettext_lazy("标签上的四位数字"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}
        ),
        error_messages={"invalid": gettext_lazy("请输入标签上的四位数字。")},
    )


class RepairForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("怎样整改的"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs=FEW_LINES),
    )
    photo = PhotoField(label=gettext_lazy("整改后的照片"))


class RecheckForm(forms.Form):
    passed = forms.ChoiceField(
        label=gettext_lazy("复查结论"),
        widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("已改好，闭环")), ("no", gettext_lazy("没有改好，退回整改"))],
    )
    words = asked_when(
        gettext_lazy("（退回时必填）"),
        forms.CharField(
            label=gettext_lazy("复查情况"),
            max_length=WORDS_LENGTH,
            widget=forms.Textarea(attrs=FEW_LINES),
        ),
    )
    photo = PhotoField(label=gettext_lazy("复查照片"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("passed") == "no" and not cleaned.get("words"):
            self.add_error("words", _("退回整改须写明原因。"))
        return cleaned


class RegisterForm(forms.Form):
    """A page of the register; its key is that of what it enters, so that it enters one."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_key, required=False)

    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class PlaceForm(RegisterForm):
    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=60, help_text=gettext_lazy("如：1幢1单元3层走道")
    )
    building = forms.ModelChoiceField(
        Building.objects.none(), label=gettext_lazy("幢"), required=False
    )
    stairwell = forms.ModelChoiceField(
        Stairwell.objects.none(), label=gettext_lazy("单元"), required=False
    )
    storey = forms.IntegerField(
        label=gettext_lazy("楼层"),
        required=False,
        min_value=-9,
        max_value=120,
        help_text=gettext_lazy("地下填负数，如 -1。地下的灭火器每半个月检查一次。"),
    )
    use = forms.ChoiceField(
        label=gettext_lazy("场所"),
        required=False,
        choices=FirePlace.Use.choices,
        help_text=gettext_lazy(
            "地下室、锅炉房、人员密集的公共场所，灭火器每半个月检查一次。修改自今天起生效。"
        ),
    )

    def __init__(self, *args: Any, compound: Compound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        buildings = Building.objects.filter(compound=compound).order_by("code")
        stairwells = Stairwell.objects.filter(compound=compound).select_related("building")
        self.fields["building"].queryset = buildings  # type: ignore[attr-defined]
        self.fields["stairwell"].queryset = stairwells.order_by(  # type: ignore[attr-defined]
            "building__code", "code"
        )

    def facts(self) -> PlaceFacts:
        return PlaceFacts(**self.said())


class EquipmentForm(RegisterForm):
    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=[])
    code = forms.CharField(
        label=gettext_lazy("编号"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("不填则自动编号。"),
    )
    model = forms.CharField(label=gettext_lazy("型号"), max_length=60, required=False)
    quantity = forms.IntegerField(label=gettext_lazy("数量"), min_value=1, max_value=999, initial=1)
    agent = asked_when(
        gettext_lazy("（灭火器必填）"),
        forms.ChoiceField(label=gettext_lazy("灭火剂"), choices=AGENTS),
    )
    made_on = asked_when(gettext_lazy("（灭火器必填）"), day_field(gettext_lazy("出厂日期")))
    installed_on = day_field(gettext_lazy("安装日期"))
    serviced_on = day_field(gettext_lazy("上次维修日期"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        kinds = [(kind.code, f"{kind.code} {kind.name}") for kind in catalogue().values()]
        self.fields["kind"].choices = [("", _("请选择")), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_extinguisher = cleaned.get("kind") == "F18"
        if is_extinguisher and not cleaned.get("agent"):
            self.add_error("agent", _("灭火器请选择灭火剂，以便计算维修和报废日期。"))
        if cleaned.get("kind") and not is_extinguisher and cleaned.get("agent"):
            self.add_error("agent", _("只有灭火器才有灭火剂。请改选“不是灭火器”。"))
        if is_extinguisher and not cleaned.get("made_on") and "made_on" not in self.errors:
            self.add_error("made_on", _("灭火器请填写出厂日期（见瓶体铭牌）。"))
        self._require_days_in_order(dict(cleaned))
        return cleaned

    def _require_days_in_order(self, said: dict[str, Any]) -> None:
        """Made first, then installed and serviced, and none of it to come."""
        made_on = said.get("made_on")
        for name in ("made_on", "installed_on", "serviced_on"):
            day = said.get(name)
            if day and day > self.today:
                self.add_error(name, _("不能晚于今天，请核对年份。"))
            elif day and made_on and day < made_on:
                self.add_error(name, _("不能早于出厂日期，请核对。"))

    def facts(self) -> EquipmentFacts:
        return EquipmentFacts(**self.said())


class RetireForm(forms.Form):
    """From which day a piece is out of use, why, and a photo; `kept` is one taken in before."""

    on = forms.DateField(
        label=gettext_lazy("停用日"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("早于今天的，算作补录：已经出过的数字不变。"),
    )
    reason = TextField(label=gettext_lazy("停用原因"), max_length=WORDS_LENGTH, rows=2)
    photo = asked_when("", PhotoField(label=gettext_lazy("现场照片（拆除、报废或移走的情况）")))
    kept = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, photos: dict[str, StoredFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._photos = photos

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        has_photo = cleaned.get("photo") or cleaned.get("kept") in self._photos
        if not has_photo and "photo" not in self.errors:
            self.add_error("photo", _("请拍照或选择照片。"))
        return cleaned

    def kept_photo(self) -> StoredFile:
        return self._photos[self.cleaned_data["kept"]]

    def told(self) -> tuple[date, str]:
        return self.cleaned_data["on"], self.cleaned_data["reason"]


class BuildingForm(forms.Form):
    """How tall a building is."""

    height = forms.DecimalField(
        label=gettext_lazy("建筑高度（米）"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=1000,
        decimal_places=2,
        help_text=gettext_lazy("按消防竣工资料填写，决定巡查多久一次。"),
    )
    storeys_above = forms.IntegerField(
        label=gettext_lazy("地上层数"), required=False, min_value=1, max_value=200
    )
    storeys_below = forms.IntegerField(
        label=gettext_lazy("地下层数"), min_value=0, max_value=20, initial=0
    )

    def facts(self) -> BuildingFacts:
        said = self.cleaned_data
        return BuildingFacts(said["height"], said["storeys_above"], said["storeys_below"])


class NewBuildingForm(BuildingForm):
    code = forms.CharField(label=gettext_lazy("幢号"), max_length=20)
    field_order = ("code",)
