"""Pictures that editors hand in, looked at like every other photo."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.forms import BaseImageForm

from portal.tools.files.forms import sentence
from portal.tools.files.reading import FileRefused, ready


class ImageForm(BaseImageForm):
    """Refuse, in words, a picture that takes more time, memory or pixels than one may.

    Wagtail reads the header here and decodes the picture when a page first shows it: by then it
    has been decoded once, within limits, in a process of its own.
    """

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if "file" in self.changed_data and upload:
            try:
                ready(upload, kind="photo")
            except FileRefused as refusal:
                raise ValidationError(sentence(refusal)) from refusal
            upload.seek(0)
        return upload
