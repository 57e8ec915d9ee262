"""Uploads as browsers send them, small and real."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(form: str = "JPEG", size: tuple[int, int] = (64, 48), colour="red", **saved) -> bytes:
    """The bytes of one plain picture; `saved` goes to Pillow's save."""
    drawn = io.BytesIO()
    Image.new(saved.pop("mode", "RGB"), size, colour).save(drawn, form, **saved)
    return drawn.getvalue()


def photo(name: str = "photo.jpg", **shape) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(**shape), content_type="image/jpeg")


def pdf(name: str = "report.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/pdf")
