"""Pages the public reads."""

from .pages import CompoundPage, HomePage, NoticePage, PlainPage
from .texts import NoticeText, NoticeWithdrawn

__all__ = [
    "CompoundPage",
    "HomePage",
    "NoticePage",
    "NoticeText",
    "NoticeWithdrawn",
    "PlainPage",
]
