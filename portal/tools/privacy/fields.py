"""A model field whose text is encrypted in the database, bound to its table, column and row."""

from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from . import cipher


class Sealed(str):
    """Ciphertext as it came from the database, opened when the attribute is first read."""

    __slots__ = ()


class OpensOnRead:
    """Descriptor: gives the plain text, decrypting the row's own ciphertext once."""

    def __init__(self, field: "EncryptedTextField") -> None:
        self.field = field

    def __get__(self, row: models.Model | None, owner: type[models.Model]) -> Any:
        if row is None:
            return self
        if self.field.attname not in row.__dict__:  # deferred by .only() or .defer()
            row.refresh_from_db(fields=[self.field.attname])
        held = row.__dict__[self.field.attname]
        if isinstance(held, Sealed):
            held = cipher.decrypt(held, place=self.field.place(row))
            row.__dict__[self.field.attname] = held
        return held

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField[str, str]):
    """Text at rest as ciphertext.  Cannot be filtered or ordered by: search its keyed hash."""

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, OpensOnRead(self))

    def place(self, row: models.Model) -> str:
        return f"{self.model._meta.db_table}.{self.column}.{row.pk}"

    def pre_save(self, row: models.Model, add: bool) -> Any:  # noqa: ARG002
        value = getattr(row, self.attname)
        return Sealed(cipher.encrypt(value, place=self.place(row))) if value else ""

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - Django's signature
        prepared: bool = False,  # noqa: ARG002
    ) -> Any:
        if value and not isinstance(value, Sealed):
            raise FieldError(f"{self.name} is encrypted and is written only by saving its row")
        return str(value) if value is not None else None

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return Sealed(value) if value else value

    def value_to_string(self, obj: models.Model) -> str:  # noqa: ARG002
        raise FieldError(f"{self.name} is encrypted and leaves the database only by an export")

    def get_lookup(self, lookup_name: str) -> Any:  # noqa: ARG002
        raise FieldError(f"{self.name} is encrypted: search by its keyed hash")
