"""The one stylesheet: tokens, base, layout, every part, print, joined in this order.

The parts stay separate files for their writers; a reader's phone asks once, for on a slow line
twenty small files over connections that close after each cost more than the page itself.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse

Stamp = tuple[tuple[Path, int], ...]


def sources() -> list[Path]:
    """The files in the order in which they are joined."""
    css = Path(settings.BASE_DIR) / "static" / "css"
    parts = sorted((css / "parts").glob("*.css"))
    return [css / "tokens.css", css / "base.css", css / "layout.css", *parts, css / "print.css"]


def stylesheet() -> tuple[str, bytes]:
    """The joined text and its digest; read again when a file has changed."""
    return _joined(tuple((path, path.stat().st_mtime_ns) for path in sources()))


@lru_cache(maxsize=1)
def _joined(stamp: Stamp) -> tuple[str, bytes]:
    text = b"\n".join(path.read_bytes() for path, _changed_at in stamp)
    return hashlib.sha256(text).hexdigest()[:16], text


def stylesheet_address() -> str:
    return reverse("ui:stylesheet", kwargs={"digest": stylesheet()[0]})
