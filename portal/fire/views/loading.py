"""Load and permit in one step; who asks; refusals in words."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from portal.accounts.access import refuse_unless
from portal.accounts.models import User
from portal.accounts.permissions import Asker
from portal.fire.actions import refusals
from portal.fire.models import Defect, Equipment, FirePlace
from portal.fire.queries import pages
from portal.places.models import Compound

Right = Callable[[Asker, Compound], bool]


def compound_for(request: HttpRequest, code: str, may: Right) -> Compound:
    """The compound of this code, or 404; 403 if `may` says no."""
    compound = get_object_or_404(Compound.objects.select_related("region"), code=code)
    refuse_unless(may(request.user, compound))
    return compound


def place_for(request: HttpRequest, code: str, may: Right, key: Q) -> FirePlace:
    """A place of the compound, by its token or its digits; one retired is still known."""
    compound = compound_for(request, code, may)
    rows = FirePlace.objects.select_related("compound__region", "building", "stairwell")
    return get_object_or_404(rows, key, compound=compound)


def equipment_for(request: HttpRequest, code: str, may: Right, pk: UUID) -> Equipment:
    compound = compound_for(request, code, may)
    rows = Equipment.objects.select_related("compound__region", "place__building")
    return get_object_or_404(rows, compound=compound, pk=pk)


def defect_for(request: HttpRequest, code: str, may: Right, number: str) -> Defect:
    """A defect with its state."""
    compound = compound_for(request, code, may)
    return get_object_or_404(pages.defects_of(compound), number=number)


def user_of(request: HttpRequest) -> UUID:
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before
    return request.user.pk


def sentence(refusal: refusals.Refusal) -> str:
    """Why it was not done, and what to do."""
    return SENTENCES[type(refusal)]()


SENTENCES: dict[type[refusals.Refusal], Callable[[], str]] = {
    refusals.LogIncomplete: lambda: _("检查没有填完，请逐项补全。"),
    refusals.NotADuty: lambda: _("这种设备没有这项检查。请从点位页面重新打开。"),
    refusals.NotInUse: lambda: _("这件设备或点位已停用，不能再登记检查。"),
    refusals.PageSpent: lambda: _("这一页已经用过。请从点位页面重新打开。"),
    refusals.CodeTaken: lambda: _("本小区已有这个编号，请换一个。"),
    refusals.ElsewhereBuilding: lambda: _("所选单元不在所选幢内，请重新选择。"),
    refusals.KindIsFixed: lambda: _("这件设备已有检查记录，不能改种类。请停用后另行登记。"),
    refusals.StillInUse: lambda: _("点位上还有在用的设备，请先停用设备。"),
    refusals.DefectClosed: lambda: _("这条隐患已经闭环。"),
    refusals.NotRepaired: lambda: _("还没有等待复查的整改。"),
    refusals.AlreadyRepaired: lambda: _("已有整改在等待复查，请先复查。"),
    refusals.SamePerson: lambda: _("整改人不能复查自己的整改，请由另一人复查。"),
    refusals.WordsMissing: lambda: _("请写明情况。"),
}
