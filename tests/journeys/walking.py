"""Where a reader comes to by following links, and which pages hold something new to the eye.

The W3C checker reads every page.  The browser, which is slow, opens a page only where its view or
one of its elements (by kind, class and parent) was not opened before.
"""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import resolve

OF_ONE_VIEW = 8  # addresses of one view that a reader opens
NOT_OURS = ("/admin/", "/media/", "/static/")
ENDS_THE_SESSION = ("/account/logout/",)
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
Seen = set[tuple[str, ...]]


class _Page(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.kinds: Seen = set()
        self.above = [""]
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind = f"{tag} {given.get('class') or given.get('type') or ''}"
        self.kinds.add((self.above[-1], kind))
        if tag not in VOID:
            self.above.append(kind)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])

    def handle_endtag(self, tag: str) -> None:
        if self.above[-1].startswith(f"{tag} "):
            self.above.pop()


def walk(client: Client, starts: list[str], seen: Seen) -> Iterator[tuple[str, str, bool]]:
    """Each page that can be reached from `starts`: address, source, whether it is new to `seen`."""
    waiting, known, views = list(starts), set(starts), Counter()
    while waiting:
        path = waiting.pop(0)
        view = resolve(urlsplit(path).path).view_name or path
        views[view] += 1
        if views[view] > OF_ONE_VIEW:
            continue
        answer = client.get(path)
        assert answer.status_code < 400, f"{path} answers {answer.status_code}"
        if "text/html" not in answer.headers.get("Content-Type", "") or answer.status_code != 200:
            continue
        source = answer.content.decode()
        page = _Page(source)
        for link in page.links:
            address = urldefrag(urljoin(path, link)).url
            if _is_ours(address) and address not in known:
                known.add(address)
                waiting.append(address)
        kinds = page.kinds | {("view", view)}
        yield path, source, not kinds <= seen
        seen |= kinds


def _is_ours(address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or address.startswith((*NOT_OURS, *ENDS_THE_SESSION)):
        return False
    return "big=" not in parts.query
