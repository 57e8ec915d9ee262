"""What is larger than its address takes is refused in words, before it is read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from portal.tools.frontdoor.bodies import MEGABYTE, BoundedBodies, takes

LIMITS = {
    "/account/login/": 1,
    "/check-figures/": 5,
    "/roll/{code}/import/": 31,
    "/fire/{code}/": 1,
    "/admin/images/add/": 21,
}


def answer(client, address: str, length: int):
    """The answer to a request that says it sends `length` bytes."""
    return client.generic("POST", address, b"", CONTENT_LENGTH=str(length))


@pytest.mark.parametrize("address", LIMITS)
def test_an_address_takes_its_megabytes_and_not_a_byte_more(client, cast, address):
    client.force_login(cast.sun)
    address = address.format(code=cast.compound.code)
    most = LIMITS[address.replace(cast.compound.code, "{code}")]
    refused = answer(client, address, most * MEGABYTE + 1)
    assert refused.status_code == 413
    assert f"这一页一次最多收 {most} MB，没有收下任何内容" in refused.content.decode()
    assert answer(client, address, most * MEGABYTE).status_code != 413


def test_nothing_is_read_of_what_is_refused(cast):
    class Unread:
        def read(self, *_args):
            raise AssertionError("it was read")

    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.csv", b"x")})
    request.META |= {"CONTENT_LENGTH": str(3 * MEGABYTE), "wsgi.input": Unread()}
    view = takes(2)(lambda request: None)
    refused = BoundedBodies(lambda request: None).process_view(request, view, [], {})
    assert refused.status_code == 413


@pytest.mark.parametrize("length", ["", "0", "many", "-1"])
def test_a_request_without_a_length_goes_on(client, db, length):
    assert client.get("/account/login/", CONTENT_LENGTH=length).status_code == 200
