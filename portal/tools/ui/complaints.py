"""What is wrong with a form, as lines that lead to their fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with which field; `target` is the id of the control to mend.

    Both are empty when the whole form is wrong.
    """

    message: str
    label: str = ""
    target: str = ""

    def __str__(self) -> str:
        return f"{self.label}：{self.message}" if self.label else self.message


def complaints_of(form: BaseForm | BaseFormSet[Any]) -> Iterator[Complaint]:
    """Every error of a bound form or set of forms, the whole form's first."""
    if isinstance(form, BaseFormSet):
        yield from (Complaint(str(message)) for message in form.non_form_errors())
        for one in form.forms:
            yield from complaints_of(one)
        return
    yield from (Complaint(str(message)) for message in form.non_field_errors())
    for bound in form:
        for message in bound.errors:
            yield Complaint(str(message), *(() if bound.is_hidden else _named(bound)))


def _named(bound: BoundField) -> tuple[str, str]:
    """The field's label and its first control's id: a group of buttons is entered by its first."""
    first = bound.id_for_label or (f"{bound.auto_id}_0" if bound.auto_id else "")
    return str(bound.label), first
