"""What changes the site: one function, one transaction."""

from .notices import (
    Draft,
    NoticeIsWithdrawn,
    NotPlain,
    correct_notice,
    keep_edited_text,
    post_notice,
    publish_notice,
    rich_text,
    withdraw_notice,
)
from .site import (
    SiteNotBuilt,
    build_site,
    ensure_compound_page,
    keep_compound_page,
    sync_editors,
)

__all__ = [
    "Draft",
    "NotPlain",
    "NoticeIsWithdrawn",
    "SiteNotBuilt",
    "build_site",
    "correct_notice",
    "ensure_compound_page",
    "keep_compound_page",
    "keep_edited_text",
    "post_notice",
    "publish_notice",
    "rich_text",
    "sync_editors",
    "withdraw_notice",
]
