"""The words of a roll for what a part is used for and whether it was handed over."""

import re
from functools import lru_cache

from .cells import compact
from .rooms import Room

DWELLING, SHOP, PARKING, STORAGE, OFFICE, PUBLIC = (
    "dwelling",
    "shop",
    "parking",
    "storage",
    "office",
    "public",
)
USES = {
    "住宅": DWELLING,
    "住房": DWELLING,
    "商铺": SHOP,
    "店面": SHOP,
    "商业": SHOP,
    "车位": PARKING,
    "车库": PARKING,
    "车棚": PARKING,
    "储藏室": STORAGE,
    "储物间": STORAGE,
    "地下室": STORAGE,
    "办公": OFFICE,
    "公共用房": PUBLIC,
}
USE_WORD = re.compile("|".join(USES))
USE_OF_THING = {
    "车位": PARKING,
    "车库": PARKING,
    "车棚": PARKING,
    "泊位": PARKING,
    "停车": PARKING,
    "储藏": STORAGE,
    "储物": STORAGE,
    "地下室": STORAGE,
    "杂物": STORAGE,
}
DELIVERED, UNDELIVERED, UNSOLD = "delivered", "undelivered", "unsold"
UNSOLD_WORD = re.compile("未售|未出售|未销售|待售")
DEVELOPERS = re.compile("[未待没否]")  # in each of these words
UNDELIVERED_WORD = re.compile("未交|待交|没交|^否$")


@lru_cache(maxsize=1_000)
def read_use(cell: str) -> str | None:
    """The use; None if the word is unknown, as 非住宅 and 商住 are, 地下车位 and 成套住宅 not."""
    text = compact(cell)
    if re.search("[非不]", text):
        return None
    said = {USES[word] for word in USE_WORD.findall(text)}
    return said.pop() if len(said) == 1 else None


def use_of_room(room: Room) -> str:
    """What a roll without a word for the use says by the room: 车位-023 is parking."""
    words = room.building + room.number
    return next((use for thing, use in USE_OF_THING.items() if thing in words), DWELLING)


@lru_cache(maxsize=1_000)
def read_delivery(cell: str) -> str:
    """已交付, nothing, or any other word is delivered; 未交付 and 未售 are the developer's."""
    text = compact(cell)
    if UNSOLD_WORD.search(text):
        return UNSOLD
    return UNDELIVERED if UNDELIVERED_WORD.search(text) else DELIVERED
