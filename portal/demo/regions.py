"""The region tree: Yongjia's streets, towns and townships, and invented communities.

The streets are those of today: 江北街道 has been part of 瓯北街道 since 2016.
"""

from portal.places.models import Region

COUNTY = "永嘉县"
CODE = "330324"
PROFILE = "zj.wenzhou.yongjia"
STREETS = [
    "东城街道",
    "北城街道",
    "南城街道",
    "三江街道",
    "黄田街道",
    "乌牛街道",
    "瓯北街道",
    "桥头镇",
    "桥下镇",
    "沙头镇",
    "岩头镇",
    "枫林镇",
    "岩坦镇",
    "大若岩镇",
    "碧莲镇",
    "巽宅镇",
    "鹤盛镇",
    "金溪镇",
    "云岭乡",
    "茗岙乡",
    "溪下乡",
    "界坑乡",
]
COMMUNITIES = [
    ("南城街道", "幸福社区"),
    ("南城街道", "桃源社区"),
    ("北城街道", "清风社区"),
    ("东城街道", "金桥社区"),
    ("瓯北街道", "望江社区"),
    ("瓯北街道", "青年社区"),
    ("三江街道", "花溪社区"),
    ("黄田街道", "永乐社区"),
    ("乌牛街道", "茶园社区"),
    ("岩头镇", "岩前社区"),
    ("桥下镇", "新桥社区"),
    ("碧莲镇", "碧水社区"),
]


def build() -> dict[str, Region]:
    """The whole tree, by name."""
    found = {COUNTY: _region(COUNTY, CODE, Region.Level.COUNTY, None)}
    for number, street in enumerate(STREETS, start=1):
        code = f"{CODE}-{number:02}"
        found[street] = _region(street, code, Region.Level.STREET, found[COUNTY])
    for number, (street, community) in enumerate(COMMUNITIES, start=1):
        above = found[street]
        code = f"{above.code}-{number:02}"
        found[community] = _region(community, code, Region.Level.COMMUNITY, above)
    return found


def _region(name: str, code: str, level: str, above: Region | None) -> Region:
    return Region.objects.create(
        name=name,
        code=code,
        level=level,
        parent=above,
        path=f"{above.path if above else ''}{code}/",
        profile="" if above else PROFILE,
    )
