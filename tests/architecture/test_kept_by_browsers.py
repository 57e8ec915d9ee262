"""Pages and lists with people's names stay in no browser: who signs out at a desk that others use
leaves nothing to go back to."""

import pytest

from portal.places.models import Part

NAMES = {
    "roll": "/roll/{code}/",
    "part": "/roll/{code}/parts/{part}/",
    "homes": "/roll/mine/",
    "county": "/county/",
    "county-excel": "/county/?as=xlsx",
    "list": "/county/compounds/",
    "list-excel": "/county/compounds/?as=xlsx",
    "offices": "/offices/{code}/",
}


@pytest.mark.parametrize("name", NAMES)
def test_what_names_people_is_not_kept(client, cast, name):
    client.force_login(cast.zhao)
    room = Part.objects.filter(compound=cast.compound).first()
    answer = client.get(NAMES[name].format(code=cast.compound.code, part=room.pk))
    assert answer.status_code == 200
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
