"""Primary keys: UUIDv7 made in Python, so that rows order by time and shards never clash."""

import uuid

import uuid6
from django.db import models


def new_key() -> uuid.UUID:
    """A fresh UUIDv7 as a plain `uuid.UUID`."""
    return uuid.UUID(int=uuid6.uuid7().int)


class Keyed(models.Model):
    """A row known by a UUIDv7."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)

    class Meta:
        abstract = True

    def __repr__(self) -> str:
        # what logs and tracebacks print: never the name that __str__ may give
        return f"<{type(self).__name__} {self.pk}>"
