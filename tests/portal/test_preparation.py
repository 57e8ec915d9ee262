"""A demonstration that was not finished is told apart, and only for its own database."""

import pytest
from django.core.management import CommandError, call_command

from portal import preparation, troubles
from portal.demo.management.commands import demo
from portal.places.models import Installation
from portal.rulebook.actions import load_rulebook
from portal.rulebook.models import Rule

ADDRESS = "postgresql://xingfuli_app@/one"


@pytest.fixture(autouse=True)
def own_mark(tmp_path, monkeypatch):
    monkeypatch.setattr(preparation, "HALF_BUILT", tmp_path / "var" / "half-built")
    monkeypatch.setenv("DATABASE_URL", ADDRESS)


def killed_while_building() -> None:
    with pytest.raises(KeyboardInterrupt), preparation.half_built():
        raise KeyboardInterrupt


def test_what_was_killed_while_it_built_is_half_built():
    assert not preparation.is_half_built(ADDRESS)
    killed_while_building()
    assert preparation.is_half_built(ADDRESS)


def test_another_database_is_not_half_built_by_that():
    killed_while_building()
    assert not preparation.is_half_built("postgresql://xingfuli_app@/another")


def test_what_is_built_to_its_end_is_whole():
    killed_while_building()
    with preparation.half_built():
        pass
    assert not preparation.is_half_built(ADDRESS)


def test_a_half_built_database_of_ones_own_is_not_served(db, capsys):
    Installation.objects.create(name="某县", is_demonstration=True)
    killed_while_building()
    assert preparation._populate() == troubles.CANNOT
    assert capsys.readouterr().err == (
        "演示数据上次没有建完；请清空 DATABASE_URL 指定的数据库后再试。\n"
    )


def test_one_that_was_emptied_is_built_again(db, monkeypatch):
    killed_while_building()
    monkeypatch.setattr(demo, "steps", lambda *_facts: [("一步", lambda: None)])
    assert preparation._populate() == preparation.IS_DEMONSTRATION
    assert not preparation.is_half_built(ADDRESS)


def test_the_demonstration_loads_the_rulebook_it_needs(db, monkeypatch):
    load_rulebook()
    loaded = set(Rule.objects.values_list("key", "region", "effective_from"))
    Rule.objects.all().delete()
    monkeypatch.setattr(demo, "steps", lambda *_facts: [("一步", lambda: None)])
    call_command("demo")
    assert set(Rule.objects.values_list("key", "region", "effective_from")) == loaded != set()


def test_the_demonstration_refuses_a_database_in_use(db):
    Installation.objects.create(name="某县", is_demonstration=False)
    with pytest.raises(CommandError, match="needs an empty one"):
        call_command("demo")
    assert not preparation.HALF_BUILT.exists()
