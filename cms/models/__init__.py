"""Pages the public reads."""

from .pages import CompoundPage, HomePage, NoticePage, PlainPage

__all__ = ["CompoundPage", "HomePage", "NoticePage", "PlainPage"]
