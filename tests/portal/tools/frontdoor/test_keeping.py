"""What a signed-in person sees stays in no browser; what a visitor reads may."""

import pytest

KEPT_NOWHERE = "private, no-store"


@pytest.mark.parametrize(
    "address", ["/", "/my/", "/county/?as=xlsx", "/rules/", "/account/sessions/", "/no/such/page/"]
)
def test_no_answer_to_a_signed_in_person_is_kept(client, cast, address):
    client.force_login(cast.zhao)
    assert client.get(address)["Cache-Control"] == KEPT_NOWHERE


def test_a_picture_of_the_public_pages_is_no_secret(client, cast, settings):
    client.force_login(cast.zhao)
    assert "no-store" not in client.get(f"{settings.MEDIA_URL}a.jpg").get("Cache-Control", "")


def test_a_visitors_page_is_asked_for_again_and_may_be_kept(client, cast):
    assert "no-store" not in client.get("/rules/").get("Cache-Control", "")
