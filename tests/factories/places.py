"""Rows of places, made short."""

from itertools import count

from portal.places.models import Building, Compound, Installation, Part, Region, Stairwell

numbers = count(1)


def installation(**fields) -> Installation:
    values = {"name": "永嘉县", "is_demonstration": True} | fields
    return Installation.objects.get_or_create(defaults=values)[0]


def region(level: str = "community", parent: Region | None = None, **fields) -> Region:
    """A region and, unless given, all above it."""
    above = {"community": "street", "street": "county"}
    if level in above and parent is None:
        parent = region(above[level])
    number = next(numbers)
    code = fields.pop("code", f"9{number:05}")
    path = f"{parent.path}{code}/" if parent else f"{code}/"
    values = {"name": f"区域{number}", "profile": "zj.wenzhou.yongjia" if not parent else ""}
    return Region.objects.create(
        level=level, parent=parent, code=code, path=path, **values | fields
    )


def compound(region_: Region | None = None, **fields) -> Compound:
    number = next(numbers)
    values = {"code": f"330324-{number:04}", "name": f"小区{number}"} | fields
    return Compound.objects.create(region=region_ or region(), **values)


def part(compound_: Compound, key: str = "", **fields) -> Part:
    """A part such as 1-2-301, with its building and stairwell."""
    key = key or f"1-1-{next(numbers) + 100}"
    building_code, *rest = key.split("-")
    building, _ = Building.objects.get_or_create(compound=compound_, code=building_code)
    stairwell = None
    if len(rest) == 2:
        stairwell, _ = Stairwell.objects.get_or_create(
            compound=compound_, building=building, code=rest[0]
        )
    values = {"number": rest[-1], "area": 8932} | fields
    return Part.objects.create(
        compound=compound_, building=building, stairwell=stairwell, key=key, **values
    )
