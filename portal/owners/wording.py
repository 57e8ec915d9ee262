"""Owners in words that show no more than is needed."""

from django.utils.translation import gettext as _

from portal.tools.privacy.masks import masked_name

from .models import Holding, Owner


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
