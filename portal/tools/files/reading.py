"""Is an upload what it says it is?  Photos are decoded and drawn anew, documents looked at.

A photo that is drawn anew carries nothing but its pixels: no place, no camera, no hidden part.
"""

import io
import re
import warnings
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import PurePosixPath
from typing import IO

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

pillow_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MEGABYTE = 1024 * 1024
MOST_BYTES = {"photo": 15 * MEGABYTE, "document": 20 * MEGABYTE}
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 2048
QUALITY = 85
NAME_LENGTH = 100
PDF_TAIL = 2048
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f/\\]+")


class Fault(StrEnum):
    EMPTY = "empty"
    TOO_BIG = "too-big"
    NOT_A_PHOTO = "not-a-photo"
    TOO_MANY_PIXELS = "too-many-pixels"
    NOT_A_PDF = "not-a-pdf"


class FileRefused(Exception):
    """An upload that is not taken in; `most` is the limit in megabytes where one was passed."""

    def __init__(self, fault: Fault, most: int = 0) -> None:
        super().__init__(fault)
        self.fault, self.most = fault, most


@dataclass(frozen=True, slots=True)
class Readied:
    """An upload that was looked at, as it will be stored."""

    name: str
    kind: str
    content_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def ready(upload: IO[bytes], *, kind: str) -> Readied:
    """Read an upload of `kind` ("photo" or "document"); refuses (`FileRefused`) what is not one."""
    most = MOST_BYTES[kind]
    data = upload.read(most + 1)
    if not data:
        raise FileRefused(Fault.EMPTY)
    if len(data) > most:
        raise FileRefused(Fault.TOO_BIG, most // MEGABYTE)
    name = _plain_name(getattr(upload, "name", "") or "")
    if kind == "document":
        _require_pdf(data)
        return Readied(name or "document.pdf", kind, "application/pdf", data)
    return Readied(name or "photo.jpg", kind, "image/jpeg", _drawn_anew(data))


def _plain_name(name: str) -> str:
    """The last part of a name, without control characters, cut to its length with its ending."""
    plain = UNPRINTABLE.sub(" ", PurePosixPath(name.replace("\\", "/")).name).strip()
    ending = PurePosixPath(plain).suffix[:10]
    return plain if len(plain) <= NAME_LENGTH else plain[: NAME_LENGTH - len(ending)] + ending


def _require_pdf(data: bytes) -> None:
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-PDF_TAIL:]:
        raise FileRefused(Fault.NOT_A_PDF)


def _drawn_anew(data: bytes) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # counted below
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise FileRefused(Fault.TOO_MANY_PIXELS, MOST_PIXELS // 1_000_000)
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                return _as_jpeg(ImageOps.exif_transpose(opened))
    except Image.DecompressionBombError as bomb:
        raise FileRefused(Fault.TOO_MANY_PIXELS, MOST_PIXELS // 1_000_000) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as broken:
        raise FileRefused(Fault.NOT_A_PHOTO) from broken


def _as_jpeg(image: Image.Image) -> bytes:
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if image.has_transparency_data:
        behind = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(behind, image.convert("RGBA"))
    clean = Image.new("RGB", image.size)
    clean.paste(image.convert("RGB"))
    drawn = io.BytesIO()
    clean.save(drawn, "JPEG", quality=QUALITY, optimize=True)
    return drawn.getvalue()
