"""Form fields for uploads: what is wrong stands beside the field, what is right comes readied."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from .reading import Fault, FileRefused, Readied, ready

SENTENCES = {
    Fault.EMPTY: gettext_lazy("文件是空的。请重新选择。"),
    Fault.TOO_BIG: gettext_lazy("文件超过 %(most)s MB。请换一个小一些的文件。"),
    Fault.NOT_A_PHOTO: gettext_lazy(
        "这不是可以打开的照片。请选择 JPEG、PNG、WebP 或 HEIC 格式的照片。"
    ),
    Fault.TOO_MANY_PIXELS: gettext_lazy("照片超过 %(most)s 百万像素。请缩小后再选择。"),
    Fault.TOO_MUCH_WORK: gettext_lazy(
        "这张照片打开它要的时间或内存太多。请截屏或另存为普通 JPEG 后再选择。"
    ),
    Fault.BUSY: gettext_lazy("正在处理别人的照片，请过几秒再提交一次。"),
    Fault.NOT_A_PDF: gettext_lazy("这不是完整的 PDF 文件。请另存为 PDF 后再选择。"),
}


def sentence(refusal: FileRefused) -> str:
    """Why a file was refused and what to do, in the reader's words."""
    return str(SENTENCES[refusal.fault]) % {"most": refusal.most}


class UploadField(forms.FileField):
    """A file that is read as it is cleaned; the cleaned value is `Readied`."""

    kind = ""
    accept = ""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.FileInput(attrs={"accept": self.accept}))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> Readied | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return ready(upload, kind=self.kind)
        except FileRefused as refusal:
            raise ValidationError(sentence(refusal)) from refusal


class PhotoField(UploadField):
    kind = "photo"
    accept = "image/jpeg,image/png,image/webp,image/heic,image/heif"


class DocumentField(UploadField):
    kind = "document"
    accept = "application/pdf"
