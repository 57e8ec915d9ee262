"""The words of a roll for what a part is used for and whether it was handed over."""

import re
from functools import lru_cache

from .cells import compact
from .rooms import STOREY, Room

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
# 非住宅 is another word, and 非人防车位 is no word but 车位: what stands between is not denied.
USE_WORD = re.compile(f"(?:非|不是?)(?:{'|'.join(USES)})|({'|'.join(USES)})")
PLACES = (PARKING, STORAGE)  # told by a number of their own, without a stairwell
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
# Who makes an owner in a column that says who somebody is, as 业主, 共有产权人, 业主本人; a column
# of the kinds of owners, or of whether they live there, says nothing of it.
OWNER_WORD = re.compile(
    "(?:业主|产权|所有权|权利|共有|共同|按份|所有|不动产|房屋|第|[一二三四五1-9]|主|现|本人|户主|房主|人)+"
)
OWNER_KEY = re.compile("业主|产权人|权利人|所有权人|所有人|共有人|本人|户主|房主")
NO_RELATION = re.compile(
    "个人|自然人|单位|企业|公司|法人|机关|机构|事业单位|其他组织|自住|自用|出租|空置|入住|未入住"
)
DELIVERED, UNDELIVERED, UNSOLD = "delivered", "undelivered", "unsold"
UNSOLD_WORD = re.compile("未售|未出售|未销售|待售")
BRACKETS = re.compile(r"[()（）]")
DEVELOPERS = re.compile("[未待没否]")  # in each of these words
UNDELIVERED_WORD = re.compile("未交|待交|没交|^否$")


@lru_cache(maxsize=1_000)
def read_use(cell: str) -> str | None:
    """The use; None if the word is unknown, as 非住宅 and 商住 are.

    地下车位, 成套住宅 and 非人防车位 are known."""
    said = {USES[word] for word in USE_WORD.findall(compact(cell)) if word}
    return said.pop() if len(said) == 1 else None


@lru_cache(maxsize=1_000)
def place_word(cell: str) -> str:
    """The word by which a roll says that a part is parking or a store; empty if it does not."""
    words = [word for word in USE_WORD.findall(compact(cell)) if word]
    return words[0] if words and read_use(cell) in PLACES else ""


def use_of_room(room: Room) -> str:
    """What a roll without a word for the use says by the room: 车位-023 is parking, as is what lies
    below ground in no building."""
    if STOREY.fullmatch(room.building):
        return PARKING
    words = room.building + room.number
    return next((use for thing, use in USE_OF_THING.items() if thing in words), DWELLING)


@lru_cache(maxsize=1_000)
def is_owner(cell: str) -> bool:
    """Whether a column that says who somebody is lets the line name an owner: 家属 and 租户 do not,
    nothing does."""
    text = BRACKETS.sub("", compact(cell))
    if not text or NO_RELATION.fullmatch(text):
        return True
    return OWNER_WORD.fullmatch(text) is not None and OWNER_KEY.search(text) is not None


@lru_cache(maxsize=1_000)
def read_delivery(cell: str) -> str:
    """已交付, nothing, or any other word is delivered; 未交付 and 未售 are the developer's."""
    text = compact(cell)
    if UNSOLD_WORD.search(text):
        return UNSOLD
    return UNDELIVERED if UNDELIVERED_WORD.search(text) else DELIVERED
