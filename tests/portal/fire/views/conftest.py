"""An inspector of the firm beside the cast, and a hydrant on the first floor."""

from dataclasses import dataclass

import pytest
from django.utils import timezone

from portal.accounts.models import CompoundOffice, User
from portal.fire.models import Equipment
from tests.factories import fire, people
from tests.factories.cast import Cast


@dataclass(frozen=True)
class Scene:
    cast: Cast
    inspector: User
    hydrant: Equipment

    def path(self, rest: str = "") -> str:
        return f"/fire/{self.cast.compound.code}/{rest}"

    @property
    def log_path(self) -> str:
        return self.path(f"log/{self.hydrant.pk}/patrol/")


@pytest.fixture
def scene(ruled) -> Scene:
    wu = people.user("吴查")
    people.compound_office(wu, ruled.compound, CompoundOffice.Role.INSPECTOR, firm=ruled.firm)
    return Scene(ruled, wu, fire.hydrant(ruled.compound, at=timezone.now()))


@pytest.fixture
def inspector(client, scene):
    client.force_login(scene.inspector)
    return client
