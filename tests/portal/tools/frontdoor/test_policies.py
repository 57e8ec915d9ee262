"""The content policy: strict everywhere, with inline scripts for the editors' pages alone."""

STRICT = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}


def policy(answer) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


def without_nonce(found: dict[str, str]) -> dict[str, str]:
    return {
        name: " ".join(word for word in value.split() if not word.startswith("'nonce-"))
        for name, value in found.items()
    }


def test_public_pages_let_nothing_inline_in(client, db):
    for address in ("/account/login/", "/healthz", "/nowhere/", "/rules/"):
        assert without_nonce(policy(client.get(address))) == STRICT


def test_the_editors_pages_may_have_inline_scripts_and_nothing_from_elsewhere(client, cast):
    client.force_login(cast.sun)
    found = policy(client.get("/admin/"))
    inline = {"script-src": "'self' 'unsafe-inline'", "style-src": "'self' 'unsafe-inline'"}
    assert found == STRICT | inline | {"frame-ancestors": "'self'"}


def test_the_headers_of_every_page(client, db):
    answer = client.get("/account/login/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
