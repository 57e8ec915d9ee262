"""Production does not run on the demonstration's database."""

from portal.places import checks
from portal.places.models import Installation
from portal.places.queries import is_demonstration
from tests.factories import places


def found(databases=("default",)) -> list[str]:
    return [fault.id for fault in checks.no_demonstration_in_production(databases=databases)]


def test_a_demonstration_is_refused_in_production_only(db, settings):
    places.installation()
    Installation.objects.update(is_demonstration=True)
    assert (found(), is_demonstration()) == ([], True)
    settings.MAY_BE_A_DEMONSTRATION = False
    assert (found(), is_demonstration()) == (["places.E001"], False)


def test_a_county_of_its_own_is_not_refused(db, settings):
    settings.MAY_BE_A_DEMONSTRATION = False
    assert found() == []
    places.installation()
    Installation.objects.update(is_demonstration=False)
    assert found() == []


def test_without_being_asked_for_the_database_nothing_is_read(settings):
    settings.MAY_BE_A_DEMONSTRATION = False
    assert checks.no_demonstration_in_production(databases=None) == []
