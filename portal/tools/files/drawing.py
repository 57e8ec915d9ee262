"""The process in which a photo is decoded: its bytes in, a plain JPEG out, a status for the rest.

python -m portal.tools.files.drawing <photo >jpeg
"""

import io
import os
import resource
import signal
import sys
import warnings
from enum import IntEnum

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

pillow_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MOST_PIXELS = 64_000_000
MOST_SCANS = 50  # of a progressive JPEG: cameras write about ten, and each is decoded whole
SCAN = b"\xff\xda"
LONGEST_SIDE = 2048
QUALITY = 85
MEMORY = 768 * 1024 * 1024
SECONDS = 10
NICENESS = 10  # the site's own requests go first


class Exit(IntEnum):
    """How the process ends; any other status says that a limit ended it."""

    DRAWN = 0
    NOT_A_PHOTO = 3
    TOO_MANY_PIXELS = 4
    TOO_MUCH_WORK = 5


class TooManyPixels(Exception):
    """More pixels than are drawn."""


class TooManyScans(Exception):
    """A JPEG made to be decoded over and over."""


def drawn_anew(data: bytes) -> bytes:
    """The photo as JPEG of at most `LONGEST_SIDE`, upright, on white, without any data of its own.

    Refuses TooManyPixels, TooManyScans, and with Pillow's errors what is no photo.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # counted below
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise TooManyPixels
            if opened.format == "JPEG" and data.count(SCAN) > MOST_SCANS:
                raise TooManyScans
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _as_jpeg(ImageOps.exif_transpose(opened))


def _as_jpeg(image: Image.Image) -> bytes:
    if image.has_transparency_data:
        behind = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(behind, image.convert("RGBA"))
    clean = Image.new("RGB", image.size)
    clean.paste(image.convert("RGB"))
    drawn = io.BytesIO()
    clean.save(drawn, "JPEG", quality=QUALITY, optimize=True)
    return drawn.getvalue()


def bind_myself() -> None:
    """Never more memory, processor time or patience than the limits allow."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    signal.alarm(2 * SECONDS)
    os.nice(NICENESS)


def outcome(data: bytes) -> tuple[int, bytes]:
    """How drawing ends, as an `Exit`, and the JPEG where it was drawn."""
    try:
        return Exit.DRAWN, drawn_anew(data)
    except (TooManyPixels, Image.DecompressionBombError):
        return Exit.TOO_MANY_PIXELS, b""
    except (TooManyScans, MemoryError):
        return Exit.TOO_MUCH_WORK, b""
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        return Exit.NOT_A_PHOTO, b""


def main() -> int:
    """Draw what comes in anew."""
    bind_myself()
    pillow_heif.options.DECODE_THREADS = 1
    status, drawn = outcome(sys.stdin.buffer.read())
    sys.stdout.buffer.write(drawn)
    return status


if __name__ == "__main__":
    sys.exit(main())
