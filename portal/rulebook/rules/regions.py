"""Regions of rules: a dotted path from the province down; all of them lie in "cn".

A region without rules of its own (another county of Wenzhou) is resolved like the one above it;
only those that stand in the data files need a name here.
"""

from __future__ import annotations

from types import MappingProxyType

COUNTRY = "cn"
HOME = "zj.wenzhou.yongjia"
NAMES = MappingProxyType(
    {
        "cn": "全国",
        "zj": "浙江省",
        "zj.wenzhou": "温州市",
        "zj.wenzhou.yongjia": "永嘉县",
        "zj.wenzhou.ouhai": "瓯海区",
        "zj.hangzhou": "杭州市",
        "zj.ningbo": "宁波市",
        "zj.shaoxing": "绍兴市",
        "zj.jiaxing": "嘉兴市",
        "zj.taizhou": "台州市",
        "zj.huzhou": "湖州市",
        "zj.lishui": "丽水市",
        "zj.zhoushan": "舟山市",
        "bj": "北京市",
        "sh": "上海市",
        "js": "江苏省",
        "fj.jinjiang": "晋江市",
        "fj.xiamen": "厦门市",
        "gd.shenzhen": "深圳市",
        "gd.zhuhai": "珠海市",
        "gd.qingyuan": "清远市",
        "gz.kaili": "凯里市",
        "hn": "湖南省",
    }
)


def chain(region: str) -> tuple[str, ...]:
    """The region and all that it lies in, the country first."""
    if region == COUNTRY:
        return (COUNTRY,)
    steps = region.split(".")
    return (COUNTRY, *(".".join(steps[: depth + 1]) for depth in range(len(steps))))


def name_of(region: str) -> str:
    """The region's Chinese name, its path where it has none."""
    return NAMES.get(region, region)
