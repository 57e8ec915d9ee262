"""An encrypted column: plain in Python, closed in the database, silent in logs."""

import logging

import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection

from portal.accounts.models import User
from portal.tools.evidence.models import Evidence
from portal.tools.privacy.fields import EncryptedTextField
from tests.factories import people

CANARY = "金丝雀"


def stored(user: User, column: str = "name") -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM accounts_user WHERE id = %s", [user.pk])
        return cursor.fetchone()[0]


def test_a_name_is_plain_in_python_and_closed_in_the_database(db):
    user = people.user(CANARY)
    assert stored(user).startswith("v1$aes$")
    assert CANARY not in stored(user)
    assert User.objects.get(pk=user.pk).name == CANARY


def test_saving_again_writes_it_anew(db):
    user = people.user(CANARY)
    before = stored(user)
    user = User.objects.get(pk=user.pk)
    user.save()
    assert stored(user) != before
    assert User.objects.get(pk=user.pk).name == CANARY


def test_saving_another_field_leaves_it_alone(db):
    user = people.user(CANARY)
    before = stored(user)
    user.big_type = True
    user.save(update_fields=["big_type"])
    assert stored(user) == before


def test_empty_stays_empty(db):
    user = User.objects.create_user(name="")
    assert (stored(user), User.objects.get(pk=user.pk).name) == ("", "")


def test_a_deferred_name_is_read_when_asked_for(db, django_assert_num_queries):
    user = User.objects.defer("name").get(pk=people.user(CANARY).pk)
    with django_assert_num_queries(1):
        assert user.name == CANARY


def test_many_made_at_once_are_closed_too(db):
    made = User.objects.bulk_create([User(name=f"{CANARY}{n}") for n in range(3)])
    assert [stored(user).startswith("v1$aes$") for user in made] == [True] * 3
    names = {user.name for user in User.objects.all()}
    assert names == {f"{CANARY}{n}" for n in range(3)}


@pytest.mark.parametrize(
    "misuse",
    [
        lambda: User.objects.filter(name=CANARY).exists(),
        lambda: User.objects.filter(name__icontains=CANARY).exists(),
        lambda: User.objects.update(name=CANARY),
        lambda: User.objects.bulk_update([people.user(CANARY)], ["name"]),
        lambda: serializers.serialize("json", [people.user(CANARY)]),
    ],
)
def test_it_is_not_searched_written_or_dumped_in_the_clear(db, misuse):
    with pytest.raises(FieldError) as refusal:
        misuse()
    assert CANARY not in str(refusal.value)


def personal_models():
    return [
        model
        for model in apps.get_models()
        if any(isinstance(field, EncryptedTextField) for field in model._meta.local_fields)
    ]


@pytest.mark.parametrize("model", personal_models(), ids=lambda model: model._meta.label)
def test_no_model_prints_what_it_keeps_closed(model, caplog):
    closed = [f.attname for f in model._meta.local_fields if isinstance(f, EncryptedTextField)]
    row = model(**dict.fromkeys(closed, CANARY))
    with caplog.at_level(logging.INFO):
        logging.getLogger("tests").info("%r %s", row, [row])
    assert CANARY not in caplog.text
    assert repr(row) == f"<{model.__name__} {row.pk}>"


def test_a_user_is_printed_by_code(db):
    assert str(User(name=CANARY, code="u1")) == "u1"


def test_evidence_keeps_no_personal_data():
    assert [model._meta.label for model in personal_models() if issubclass(model, Evidence)] == []
