"""The words of use and delivery."""

import pytest

from portal.owners.rules.rooms import Room
from portal.owners.rules.words import read_delivery, read_use, use_of_room

USES = {
    "dwelling": ["住宅", "住房", "成套住宅", "住 宅", "住宅（多层）"],
    "shop": ["商铺", "店面", "商业", "商业用房"],
    "parking": ["车位", "车库", "车棚", "地下车位", "自行车棚"],
    "storage": ["储藏室", "储物间", "地下室"],
    "office": ["办公", "办公用房"],
    "public": ["公共用房"],
    None: ["别墅", "非住宅", "不是住宅", "商住", "商业住宅", "厂房", "地下室车位", "x"],
}
DELIVERIES = {
    "delivered": ["", "已交付", "已交房", "已售", "是", "已入住", "空置", "未装修"],
    "undelivered": ["未交付", "未交房", "尚未交付", "待交付", "已售未交付", "否"],
    "unsold": ["未售", "空置未售", "未出售", "待售", "未售 "],
}


@pytest.mark.parametrize(("use", "word"), [(use, word) for use in USES for word in USES[use]])
def test_words_of_use(use, word):
    assert read_use(word) == use


@pytest.mark.parametrize(
    ("state", "word"), [(state, word) for state in DELIVERIES for word in DELIVERIES[state]]
)
def test_words_of_delivery(state, word):
    assert read_delivery(word) == state


@pytest.mark.parametrize(
    ("room", "use"),
    [
        (Room("1", "2", "301"), "dwelling"),
        (Room("车位", "", "23"), "parking"),
        (Room("1", "2", "储藏室3"), "storage"),
        (Room("1", "", "商铺101"), "dwelling"),
    ],
)
def test_without_a_word_the_room_says_what_is_not_counted(room, use):
    assert use_of_room(room) == use
