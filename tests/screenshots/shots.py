"""Which pages are pictured: who looks, from where, at which width, in which type."""

from dataclasses import dataclass

from portal.demo import accounts
from portal.demo.accounts import Account

GARDEN = "330324-0001"
PHONE, DESK = 390, 1280


@dataclass(frozen=True, slots=True)
class Shot:
    """`steps` are what leads there: a link whose address holds the text, or "press: words"."""

    name: str
    start: str
    width: int = DESK
    who: Account | None = None
    steps: tuple[str, ...] = ()
    big: bool = False
    longest: int = 1400  # CSS pixels of height at the most


VOTE = (
    "press: 续聘物业与电梯更新",
    "tick: 0",
    "press: 下一项",
    "tick: 3",
    "press: 下一项",
    "press: 下一项",
    "press: 核对",
)
SHOTS = (
    Shot("home", "/"),
    Shot("home-phone-large", "/", PHONE, big=True),
    Shot("compound", f"/{GARDEN}/"),
    Shot("publicity", f"/{GARDEN}/publicity-1/"),
    Shot("publicity-phone", f"/{GARDEN}/publicity-1/", PHONE),
    Shot("rules", "/rules/"),
    Shot("campaign", "/campaigns/", steps=("/campaigns/",)),
    Shot("ballot-phone", "/my/", PHONE, accounts.OWNER, VOTE[:1]),
    Shot("ballot-phone-large", "/my/", PHONE, accounts.OWNER, VOTE[:1], big=True),
    Shot("ballot-check-phone", "/my/", PHONE, accounts.OWNER, VOTE),
    Shot("receipt-phone", "/my/", PHONE, accounts.OWNER, (*VOTE, "press: 确认投票")),
    Shot("console", "/my/", DESK, accounts.CLERK, ("press: 续聘物业与电梯更新", "/console/")),
    Shot("roll", f"/roll/{GARDEN}/", DESK, accounts.CLERK),
    Shot("fire-today-phone", f"/fire/{GARDEN}/", PHONE, accounts.INSPECTOR),
    Shot("fire-log-phone", f"/fire/{GARDEN}/", PHONE, accounts.INSPECTOR, ("/log/",)),
    Shot("fire-defect", f"/fire/{GARDEN}/defects/", DESK, accounts.KEEPER, ("YH-2026-0001",)),
    Shot("county", "/county/", DESK, accounts.COUNTY),
    Shot("campaign-score", "/my/", DESK, accounts.COUNTY, ("/score/",)),
)
