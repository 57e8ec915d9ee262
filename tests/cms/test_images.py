"""Pictures of the public pages are decoded within limits before Wagtail draws them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images import get_image_model

from portal.tools.files import drawing
from tests.factories import uploads


@pytest.fixture
def editor(client, cast, site):
    cast.sun.is_superuser = True
    cast.sun.save()
    client.force_login(cast.sun)
    return client


def add(editor, data: bytes, name: str = "board.jpg"):
    picture = SimpleUploadedFile(name, data, content_type="image/jpeg")
    return editor.post("/admin/images/add/", {"title": "公告栏", "file": picture})


def test_a_picture_is_taken_in_whole(editor):
    assert add(editor, uploads.picture(size=(400, 300)))["Location"] == "/admin/images/"
    image = get_image_model().objects.get()
    assert (image.width, image.height) == (400, 300)
    assert image.file.read() == uploads.picture(size=(400, 300))


def test_a_picture_made_to_be_decoded_over_and_over_is_refused_in_words(editor):
    data = uploads.picture(progressive=True)
    scan = data[data.rindex(drawing.SCAN) : -2]
    answer = add(editor, data[:-2] + scan * drawing.MOST_SCANS + data[-2:])
    assert "这张照片打开它要的时间或内存太多" in answer.content.decode()
    assert not get_image_model().objects.exists()
