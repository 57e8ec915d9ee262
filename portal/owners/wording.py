"""Owners in words that show no more than is needed."""

from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.approvals.models import Request
from portal.places.models import Part
from portal.tools.privacy.masks import masked_name, masked_phone
from portal.tools.ui.words import area_words

from . import actions
from .models import Holding, Owner
from .queries import PartChange, owners_of_account


def share(holding: Holding) -> str:
    """1/2, or nothing where the roll gives none."""
    return f"{holding.share_num}/{holding.share_den}" if holding.share_num else ""


def owners_to_choose(holdings: list[Holding]) -> list[tuple[str, str]]:
    """(id, masked name with the share) of each owner; numbered, for masks may look alike."""
    words = []
    for number, holding in enumerate(holdings, start=1):
        part = _("，份额 %s") % share(holding) if share(holding) else ""
        owner = holding.owner
        name = masked_name(owner.name, is_company=owner.kind != Owner.Kind.PERSON)
        words.append((str(holding.owner_id), f"{number}. {name}{part}"))
    return words


def change(one: PartChange) -> tuple[Part, list[tuple[str, str]]]:
    """A part, and of each thing that a file changes what it is and what it will be.  The names to
    be are those of the clerk's own file; the present ones are masked as everywhere."""
    part, to_be = one.part, one.becomes
    pairs = [
        (area_words(part.area), area_words(to_be.area)),
        (part.get_kind_display(), str(Part.Kind(to_be.use).label)),
        (part.get_delivery_display(), str(Part.Delivery(to_be.delivery).label)),
    ]
    changed = [(was, becomes) for was, becomes in pairs if was != becomes]
    rows = list(part.holdings.all())
    were = {(row.owner_id, share(row)) for row in rows}
    if were != {(held.person, _part(held.share)) for held in to_be.owners}:
        changed.append(
            (
                "、".join(
                    _name(masked_name(row.owner.name, is_company=_is_company(row)), share(row))
                    for row in rows
                ),
                "、".join(
                    _name(one.names[held.person], _part(held.share)) for held in to_be.owners
                ),
            )
        )
    return part, changed


def _is_company(row: Holding) -> bool:
    return row.owner.kind != Owner.Kind.PERSON


def _part(share_: Fraction | None) -> str:
    return f"{share_.numerator}/{share_.denominator}" if share_ else ""


def _name(name: str, part: str) -> str:
    return f"{name}（{part}）" if part else name


def owner_name(owner: Owner) -> str:
    return masked_name(owner.name, is_company=owner.kind != Owner.Kind.PERSON)


def rooms(owner: Owner) -> str:
    """The homes an owner holds, by their keys."""
    held = owner.holdings.filter(until__isnull=True).order_by("part__key")
    return "、".join(held.values_list("part__key", flat=True))


def binding_lines(asked: Request) -> list[tuple[str, str]]:
    """Everything that agreeing to a binding brings about."""
    owner = Owner.objects.get(compound=asked.compound, pk=asked.target)
    user = User.objects.get(pk=asked.facts["user"])
    others = owners_of_account(asked.compound, UUID(asked.facts["user"]))
    already = [
        _("%(name)s（%(rooms)s）") % {"name": owner_name(one), "rooms": rooms(one)}
        for one in others
        if one.pk != owner.pk
    ]
    return [
        (_("名册上的业主"), owner_name(owner)),
        (_("房屋"), rooms(owner)),
        (_("账户姓名"), masked_name(user.name)),
        (_("账户手机号"), masked_phone(user.phone)),
        (_("名册上的电话"), masked_phone(owner.phone) if owner.phone else "—"),
        (_("该账户已绑定的其他业主"), "；".join(already) or _("无")),
        (_("随后"), _("这个账户可以为这位业主网上投票；名册上的号码和账户的号码都会收到短信。")),
    ]


def binding_refusal(refusal: Exception) -> list[str]:
    if isinstance(refusal, actions.BoundAlready):
        return [_("这位业主已绑定另一个账户。确有错误的，先解除原来的绑定。")]
    return [_("不能为自己的账户办理，请由另一位工作人员核验。")]
