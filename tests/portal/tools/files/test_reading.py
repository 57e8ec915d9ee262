"""A photo is drawn anew and carries nothing but its pixels; a document is a PDF."""

import io
import signal
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image

from portal.tools.files import drawing, reading
from portal.tools.files.reading import Fault, FileRefused, ready
from tests.factories import uploads

GPS = 0x8825
ORIENTATION = 0x0112


def drawn(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def refusal(upload, kind="photo") -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        ready(upload, kind=kind)
    return refused.value


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_kind_of_photo_comes_out_as_jpeg(form):
    taken = ready(io.BytesIO(uploads.picture(form)), kind="photo")
    image = drawn(taken.data)
    assert (taken.content_type, image.format, image.size) == ("image/jpeg", "JPEG", (64, 48))


def test_the_place_and_the_camera_are_gone():
    exif = Image.Exif()
    exif[0x010F] = "camera maker"
    exif.get_ifd(GPS)[2] = (28.0, 9.0, 1.0)
    data = uploads.picture(exif=exif)
    assert b"camera maker" in data
    taken = ready(io.BytesIO(data), kind="photo").data
    assert dict(drawn(taken).getexif()) == {}
    assert b"camera maker" not in taken and b"Exif" not in taken


def test_a_photo_held_sideways_stands_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    taken = ready(io.BytesIO(uploads.picture(exif=exif)), kind="photo")
    assert drawn(taken.data).size == (48, 64)


def test_a_large_photo_is_made_smaller_in_proportion():
    taken = ready(io.BytesIO(uploads.picture(size=(4096, 1024))), kind="photo")
    assert drawn(taken.data).size == (2048, 512)


def test_what_is_transparent_lies_on_white():
    data = uploads.picture("PNG", colour=(0, 0, 0, 0), mode="RGBA")
    assert drawn(ready(io.BytesIO(data), kind="photo").data).getpixel((5, 5)) == (255, 255, 255)


def test_a_bomb_is_refused_before_it_is_unpacked():
    chunk = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    head = b"IHDR" + chunk
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + head
        + struct.pack(">I", zlib.crc32(head))
        + uploads.picture("PNG")[33:]
    )
    assert refusal(io.BytesIO(bomb)).fault == Fault.TOO_MANY_PIXELS


def test_more_pixels_than_allowed_are_refused(monkeypatch):
    monkeypatch.setattr(drawing, "MOST_PIXELS", 64 * 48 - 1)
    with pytest.raises(drawing.TooManyPixels):
        drawing.drawn_anew(uploads.picture())
    monkeypatch.setattr(drawing, "MOST_PIXELS", 64 * 48)
    assert drawing.drawn_anew(uploads.picture())


def of_many_scans(count: int) -> bytes:
    """A progressive JPEG whose last scan is repeated until there are `count`."""
    data = uploads.picture(progressive=True)
    scan = data[data.rindex(drawing.SCAN) : -2]
    return data[:-2] + scan * (count - data.count(drawing.SCAN)) + data[-2:]


def test_a_jpeg_made_to_be_decoded_over_and_over_is_refused():
    assert ready(io.BytesIO(of_many_scans(drawing.MOST_SCANS)), kind="photo")
    assert refusal(io.BytesIO(of_many_scans(drawing.MOST_SCANS + 1))).fault == Fault.TOO_MUCH_WORK


LIMITED = """
import sys
from portal.tools.files import drawing
drawing.{limit} = {value}
sys.exit(drawing.main())
"""


@pytest.mark.parametrize(
    ("limit", "value", "wasteful"),
    [
        ("MEMORY", 160 * 1024 * 1024, "    bytes(2**29)"),
        ("SECONDS", 1, "    while True: pass"),
    ],
)
def test_no_decoder_takes_more_memory_or_time_than_it_may(tmp_path, limit, value, wasteful):
    """A decoder that runs wild is ended, or refuses in words; it never draws."""
    program = LIMITED.format(limit=limit, value=value).replace(
        "sys.exit",
        f"def wild(data):\n{wasteful}\n    return b''\ndrawing.drawn_anew = wild\nsys.exit",
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=b"x", capture_output=True, cwd=reading.ROOT
    )
    ended = {-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL}
    assert done.returncode in {drawing.Exit.TOO_MUCH_WORK, *ended}


def test_a_decoder_that_was_ended_is_told_in_words(monkeypatch):
    monkeypatch.setattr(drawing, "__name__", "no.such.module")
    assert refusal(io.BytesIO(uploads.picture())).fault == Fault.TOO_MUCH_WORK


def test_photos_wait_for_their_turn_and_no_longer(monkeypatch):
    monkeypatch.setattr(reading, "WAITS", 0.01)
    with reading.TURNS:
        assert refusal(io.BytesIO(uploads.picture())).fault == Fault.BUSY
    assert ready(io.BytesIO(uploads.picture()), kind="photo")


@pytest.mark.parametrize(
    "data",
    [b"<script>alert(1)</script>", uploads.picture()[:200], uploads.picture("GIF"), uploads.PDF],
    ids=["text", "cut off", "gif", "pdf"],
)
def test_what_is_no_photo_is_refused(data):
    assert refusal(io.BytesIO(data)).fault == Fault.NOT_A_PHOTO


@pytest.mark.parametrize("kind", ["photo", "document"])
def test_an_empty_file_is_refused(kind):
    assert refusal(io.BytesIO(b""), kind).fault == Fault.EMPTY


def test_a_file_may_be_as_large_as_its_limit_and_no_larger(monkeypatch):
    monkeypatch.setitem(reading.MOST_BYTES, "document", len(uploads.PDF))
    assert ready(io.BytesIO(uploads.PDF), kind="document").data == uploads.PDF
    monkeypatch.setitem(reading.MOST_BYTES, "document", len(uploads.PDF) - 1)
    assert refusal(io.BytesIO(uploads.PDF), "document").fault == Fault.TOO_BIG


@pytest.mark.parametrize("data", [b"MZ" + uploads.PDF, uploads.PDF[:-7], uploads.picture()])
def test_what_is_no_whole_pdf_is_refused(data):
    assert refusal(io.BytesIO(data), "document").fault == Fault.NOT_A_PDF


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("IMG_1.jpg", "IMG_1.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\照片\\一号楼.png", "一号楼.png"),
        ("a\r\nb.jpg", "a b.jpg"),
        ("长" * 200 + ".jpg", "长" * 96 + ".jpg"),
        ("", "photo.jpg"),
    ],
)
def test_the_name_keeps_its_last_part_only(given, kept):
    upload = io.BytesIO(uploads.picture())
    upload.name = given
    assert ready(upload, kind="photo").name == kept
