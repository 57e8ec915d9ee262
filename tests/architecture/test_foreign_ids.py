"""Own code, foreign id: nobody reaches another compound's things through an address of their own.

Both compounds have all that the address needs, so that only the thing's own scope can refuse it.
"""

import contextlib
from uuid import UUID

import pytest
import time_machine
from django.apps import apps
from django.db.models import Model, QuerySet
from django.test import Client
from django.urls import reverse

from committees.models import Term
from portal.fire.models import FirePlace
from portal.owners.models import RollUpload
from tests.factories.rights import ARGUMENTS, is_foreign, make_world, mixed_about

from .test_rights import ADDRESSES, answers

NOT_A_COMPOUNDS = {
    "accounts:end-region-office": "an office over a region, under the region's code",
    "accounts:appoint-over": "as above",
    "accounts:region-offices": "as above",
}
REFUSED = {"login", "403", "404", "405"}
GUARDED_TWICE = {
    "accounts:end-office": "who may end it is asked of the office's own compound",
    "campaigns:file": "a file is found among those of the entry",
    "committees:cast": "a receipt is found among the voter's own ballots",
    "committees:void-slip": "a paper ballot is found among those of the meeting",
    "fire:photo": "a photo is found among those that the compound's records show",
    "owners:bind": "who may bind is asked of the part's own compound",
    "owners:end-binding": "who may part is asked of the part's own compound",
    "owners:left-over": "a file is found among those of who asks",
    "owners:part": "who may read it is asked of the part's own compound",
}
TOLD_ELSEWHERE = {  # a button pressed too late leads back with a message; nothing is done
    "owners:take-in": {"302"},
    "committees:undo-take-over": {"302"},
}


def with_ids() -> list[str]:
    """Every address with a compound's code and an id beside it."""
    return [
        name
        for name, address in ADDRESSES.items()
        if name in ARGUMENTS
        and name not in NOT_A_COMPOUNDS
        and {"code", "compound"} & address.words
        and {"pk", "token", "page", "owner", "binding", "ballot", "file", "upload"} & address.words
    ]


@pytest.mark.parametrize("name", with_ids())
def test_an_id_of_another_compound_is_refused_to_everybody(name, db):
    address = ADDRESSES[name]
    world = mixed_about(name, address.words)
    assert any(is_foreign(word, value) for word, value in world.about.items()), name
    asked = reverse(name, kwargs=world.about)
    clock = time_machine.travel(world.at, tick=False) if world.at else contextlib.nullcontext()
    with clock:
        seen = {who: answers(user, asked) for who, user in world.people.items()}
    refused = REFUSED | TOLD_ELSEWHERE.get(name, set())
    leaks = {who: said for who, said in seen.items() if set(said.split()) - refused}
    assert leaks == {}


@pytest.mark.parametrize(
    ("name", "only"), [("owners:bind", "owner"), ("owners:end-binding", "binding")]
)
def test_of_two_ids_one_foreign_is_refused_as_well(name, only, db):
    world = mixed_about(name, ADDRESSES[name].words, only=only)
    asked = reverse(name, kwargs=world.about)
    seen = {who: answers(user, asked) for who, user in world.people.items()}
    assert {said for said in seen.values() if set(said.split()) - REFUSED} == set()
    assert seen["clerk"] == "404 404"


@pytest.mark.parametrize("name", TOLD_ELSEWHERE)
def test_what_is_told_elsewhere_is_not_done(name, db):
    address = ADDRESSES[name]
    world = mixed_about(name, address.words)
    before = [list(model.objects.order_by("pk").values()) for model in (RollUpload, Term)]
    for user in filter(None, world.people.values()):
        client = Client()
        client.force_login(user)
        client.post(reverse(name, kwargs=world.about))
    after = [list(model.objects.order_by("pk").values()) for model in (RollUpload, Term)]
    assert after == before
    assert any(before)


def test_the_same_addresses_answer_somebody_with_their_own_ids(db):
    """Else the refusals above would prove nothing: each lets somebody in, see rights.csv."""
    assert len(with_ids()) > 20
    assert make_world().people.keys() >= {"clerk", "manager"}


def models_of(world) -> set[type[Model]]:
    """The models of the foreign ids in the address."""
    foreign = [value for word, value in world.about.items() if is_foreign(word, value)]
    return {FirePlace if isinstance(key, str) else model_with(key) for key in foreign}


def model_with(key: UUID | int) -> type[Model]:
    """The model of a compound that has a row of this key."""
    models = [
        model
        for model in apps.get_models()
        if model._meta.pk.get_internal_type() == type_of(key)
        and "compound" in {field.name for field in model._meta.fields}
    ]
    return next(model for model in models if model._base_manager.filter(pk=key).exists())


def type_of(key: UUID | int) -> str:
    return "OneToOneField" if isinstance(key, int) else "UUIDField"


@contextlib.contextmanager
def without_scope(models: set[type[Model]], monkeypatch):
    """As if whoever wrote the address had forgotten to ask for the compound of these models."""
    usual = QuerySet._filter_or_exclude

    def forgetful(self, negate, args, kwargs):
        if self.model in models:
            kwargs = {key: kwargs[key] for key in kwargs if not key.startswith("compound")}
        return usual(self, negate, args, kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(QuerySet, "_filter_or_exclude", forgetful)
        yield


@pytest.mark.parametrize("name", sorted(set(with_ids()) - GUARDED_TWICE.keys()))
def test_a_forgotten_scope_is_noticed(name, db, monkeypatch):
    address = ADDRESSES[name]
    world = mixed_about(name, address.words)
    asked = reverse(name, kwargs=world.about)
    clock = time_machine.travel(world.at, tick=False) if world.at else contextlib.nullcontext()
    with clock, without_scope(models_of(world), monkeypatch):
        seen = {}
        for who, user in world.people.items():
            try:
                seen[who] = answers(user, asked)
            except Exception as trouble:  # what goes on with a foreign thing may stumble over it
                seen[who] = type(trouble).__name__
    assert [said for said in seen.values() if set(said.split()) - REFUSED], seen
