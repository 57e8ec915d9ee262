"""Owners in words that show no more than is needed."""

from fractions import Fraction

from django.utils.translation import gettext as _

from portal.places.models import Part
from portal.tools.privacy.masks import masked_name
from portal.tools.ui.words import area_words

from .models import Holding, Owner
from .queries import PartChange


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
