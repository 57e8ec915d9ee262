"""The defects of the demonstration, told from the check that found them: plain data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """Found so many days ago by the patrol of a kind at a place; then, days after that, repaired,
    looked at, and if that failed repaired and looked at once more."""

    days_ago: int
    place: str
    kind: str
    item: str
    words: str
    repaired: tuple[int, str] | None = None
    sent_back: tuple[int, str] | None = None
    passed: int | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """A piece taken away so many days ago; its retirement was asked for later, and confirmed by
    the community the day after."""

    gone_days_ago: int
    asked_days_ago: int
    place: str
    kind: str
    reason: str


GARDEN, RIVER, ELEGANT, PEACH, BRIDGE, FAMOUS, THREE, YONGLE, YOUTH, TEA, CLEAR = (
    1,
    2,
    3,
    4,
    6,
    7,
    8,
    9,
    10,
    11,
    14,
)
# places that yesterday's round did not come to
LEFT_OUT_YESTERDAY = {
    (GARDEN, "4 幢一层门厅"),
    (TEA, "消防控制室"),
    (TEA, "2 幢一层门厅"),
    (FAMOUS, "6 幢一层门厅"),
}
RETIREMENTS = {
    GARDEN: Gone(12, 6, "电动自行车棚", "F18", "车棚改建，两具灭火器超过报废年限，已送厂报废。"),
}
# by plan: place, kind, days ago, and why nothing applied
EMPTY: dict[int, tuple[tuple[str, str, int, str], ...]] = {
    GARDEN: (("1 幢一层门厅", "F06", 6, "门厅装修，消火栓箱被围挡遮住。"),),
    ELEGANT: (("小区道路和登高场地", "F19", 4, "道路封闭施工。"),),
}
DEFECTS: dict[int, tuple[Told, ...]] = {
    GARDEN: (
        # closed
        Told(
            26,
            "3 幢一层门厅",
            "F06",
            "complete",
            "水带接口松动，水枪缺失。",
            repaired=(2, "补配水枪一支，更换水带接口并试水。"),
            passed=3,
        ),
        # closed at the second look
        Told(
            19,
            "地下车库东区",
            "F14",
            "doors",
            "防火门闭门器漏油，门不能自行关闭。",
            repaired=(1, "调整闭门器。"),
            sent_back=(2, "门仍关不严，须更换闭门器。"),
            passed=5,
        ),
        # sent back
        Told(
            8,
            "2 幢一层门厅",
            "F11",
            "lamps",
            "应急灯两盏不亮。",
            repaired=(2, "更换蓄电池。"),
            sent_back=(3, "切断主电后一盏仍不亮。"),
        ),
        # waits for its recheck
        Told(
            4,
            "1 幢一层门厅",
            "F18",
            "gauge",
            "一具灭火器压力指针在红区。",
            repaired=(2, "换上备用灭火器，旧的送修。"),
        ),
        # open, in time
        Told(2, "消防水泵房", "F05", "room", "泵房一盏照明灯不亮，地沟有积水。"),
        # open, overdue
        Told(
            5,
            "小区道路和登高场地",
            "F19",
            "stairs",
            "4 幢二单元楼梯间停放电动自行车两辆。",
        ),
    ),
    RIVER: (
        Told(
            21,
            "消防控制室",
            "F02",
            "detectors",
            "5 幢 12 层感烟探测器报故障。",
            repaired=(3, "更换探测器，复位正常。"),
            passed=4,
        ),
        Told(12, "地下车库东区", "F07", "end", "末端试水装置压力表失灵。"),
    ),
    ELEGANT: (
        Told(
            14,
            "2 幢一层门厅",
            "F06",
            "reach",
            "消火栓箱前堆放纸箱。",
            repaired=(0, "当场清走，告知住户。"),
            passed=1,
        ),
        Told(
            3,
            "电动自行车棚",
            "F21",
            "cutoff",
            "3 号充电口充满后不断电。",
            repaired=(1, "停用该充电口，已报充电企业更换。"),
        ),
    ),
    PEACH: (
        Told(10, "1 幢一层门厅", "F11", "signs", "疏散指示标志脱落。"),
        Told(1, "4 幢一层门厅", "F18", "look", "灭火器箱玻璃破损。"),
    ),
    BRIDGE: (
        Told(
            16,
            "消防水泵房",
            "F05",
            "gauges",
            "2 号泵出口压力表不归零。",
            repaired=(4, "更换压力表。"),
            passed=6,
        ),
    ),
    FAMOUS: (
        Told(
            23,
            "地下车库东区",
            "F10",
            "fans",
            "排烟风机控制柜在手动位置。",
            repaired=(0, "转到自动位置，张贴提示。"),
            passed=0,
        ),
        Told(6, "5 幢一层门厅", "F06", "complete", "消防卷盘软管老化开裂。"),
    ),
    THREE: (
        Told(
            9,
            "消防控制室",
            "F12",
            "speakers",
            "3 幢 7 层扬声器无声。",
            repaired=(5, "更换扬声器。"),
        ),
    ),
    YONGLE: (
        Told(
            18,
            "小区道路和登高场地",
            "F19",
            "lanes",
            "消防车道上停放私家车一辆。",
            repaired=(0, "联系车主驶离，补划禁停标线。"),
            passed=2,
        ),
    ),
    TEA: (
        Told(22, "3 幢一层门厅", "F11", "lamps", "一层、二层应急灯均不亮。"),
        Told(13, "地下车库东区", "F14", "sealing", "桥架穿墙孔洞没有封堵。"),
        Told(7, "消防水泵房", "F05", "tanks", "水箱液位显示低于下限。"),
    ),
    CLEAR: (
        Told(
            11,
            "2 幢一层门厅",
            "F18",
            "number",
            "灭火器少一具。",
            repaired=(1, "补足一具。"),
            passed=3,
        ),
    ),
}
