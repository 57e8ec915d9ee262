"""Settings are read strictly: nonsense is refused by name, and all of it at once."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings import readers

RANDOM = "m3kq8Zr5tY1vB7nX0cL9wD2sF6hJ4gP-aQeUiOpAsDfGhJkLzXcV"


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (readers.WHOLE, "12", 12),
        (readers.YES_OR_NO, "yes", True),
        (readers.YES_OR_NO, "0", False),
        (readers.HOSTS, "a.example.cn, b.example.cn", ["a.example.cn", "b.example.cn"]),
        (readers.SECRET, RANDOM, RANDOM),
        (readers.DATABASE_URL, "postgresql:///xingfuli", "postgresql:///xingfuli"),
        (readers.HTTPS_URL, "https://sms.example.cn/send/", "https://sms.example.cn/send"),
        (readers.SITE_URL, "https://xingfuli.example.cn/", "https://xingfuli.example.cn"),
        (readers.MAIL_URL, "smtp+tls://u:p@mail:587", "smtp+tls://u:p@mail:587"),
        (readers.ADDRESS, "portal@example.cn", "portal@example.cn"),
        (readers.TABLE, '{"a": "b"}', {"a": "b"}),
        (readers.LEVEL, "WARNING", "WARNING"),
    ],
)
def test_what_makes_sense_is_read(kind, raw, value):
    environment = readers.Environment({"NAME": f" {raw} "})
    assert environment.need("NAME", kind) == value
    environment.refuse_faults()


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (readers.WHOLE, "-1"),
        (readers.WHOLE, "1.5"),
        (readers.WHOLE, "１２"),
        (readers.YES_OR_NO, "maybe"),
        (readers.HOSTS, "*"),
        (readers.HOSTS, "*.example.cn"),
        (readers.HOSTS, "https://example.cn"),
        (readers.HOSTS, "example.cn:443"),
        (readers.HOSTS, ","),
        (readers.SECRET, "short"),
        (readers.SECRET, "a" * 60),
        (readers.SECRET, f"django-insecure-{RANDOM}"),
        (readers.DATABASE_URL, "mysql://x/y"),
        (readers.DATABASE_URL, "postgresql://host"),
        (readers.HTTPS_URL, "http://sms.example.cn/send"),
        (readers.HTTPS_URL, "https:///send"),
        (readers.SITE_URL, "https://example.cn/portal"),
        (readers.MAIL_URL, "consolemail://"),
        (readers.MAIL_URL, "smtp://"),
        (readers.ADDRESS, "portal"),
        (readers.TABLE, "a=b"),
        (readers.TABLE, '{"a": 1}'),
        (readers.TABLE, "[]"),
        (readers.LEVEL, "LOUD"),
        (readers.CLOSED_FILE, "/nowhere/keyring.json"),
    ],
)
def test_nonsense_is_refused_by_name(kind, raw):
    environment = readers.Environment({"NAME": raw})
    assert environment.take("NAME", kind, kind.nothing) == kind.nothing
    assert [fault.split()[0] for fault in environment.faults] == ["NAME"]


def test_every_fault_is_told_at_once_and_no_secret_with_them():
    environment = readers.Environment({"A": "one", "KEY": "hunter2", "EMPTY": "  "})
    environment.need("A", readers.WHOLE)
    environment.need("KEY", readers.SECRET)
    environment.need("EMPTY", readers.TEXT)
    environment.need("MISSING", readers.TEXT)
    environment.refuse("two of them do not go together")
    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.refuse_faults()
    assert str(refusal.value).splitlines()[1:] == [
        "  A is not a whole number",
        "  KEY is too short or too plain (needs 50 random characters)",
        "  EMPTY is not set",
        "  MISSING is not set",
        "  two of them do not go together",
    ]


def test_a_default_stands_for_what_is_not_set():
    assert readers.Environment({}).take("NAME", readers.WHOLE, 3) == 3


def test_a_file_of_keys_is_closed_to_others(tmp_path):
    path = tmp_path / "keyring.json"
    path.write_text("{}")
    path.chmod(0o644)
    environment = readers.Environment({"FILE": str(path)})
    environment.need("FILE", readers.CLOSED_FILE)
    assert environment.faults == [f"FILE names a file that everybody may open: chmod 640 {path}"]
    path.chmod(0o640)
    assert readers.Environment({"FILE": str(path)}).need("FILE", readers.CLOSED_FILE) == path
