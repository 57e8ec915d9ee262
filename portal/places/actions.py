"""Changes to places, and the numbers people read."""

from django.db import transaction

from .models import Compound, Counter


@transaction.atomic
def next_number(compound: Compound, name: str) -> int:
    """The next number of `name` in this compound: 1, 2, 3 … without gaps for what commits."""
    Counter.objects.get_or_create(compound=compound, name=name)
    counter = Counter.objects.select_for_update(no_key=True).get(compound=compound, name=name)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
