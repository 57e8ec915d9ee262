"""Files that were handed in: the row says what they are, the bytes lie outside the public media."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.tools.evidence.models import Evidence
from portal.tools.keys import Keyed
from portal.tools.privacy.fields import EncryptedTextField


class StoredFile(Evidence):
    """A photo or a document as it was taken in; `compound` is a plain id."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("照片")
        DOCUMENT = "document", _("文件")

    compound = models.UUIDField(_("小区"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(_("字节数"))
    sha256 = models.CharField(max_length=64)
    by = models.UUIDField(_("上传人"), null=True)
    at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("文件")
        indexes = [models.Index(fields=["compound", "at"], name="files_by_time")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def path(self) -> str:
        """Where the bytes lie in the private storage."""
        return path_of(self)


class FileName(Keyed):
    """The name under which a file was handed in.  It may name a person, so it is encrypted, and no
    evidence: it can be taken away while the file stays."""

    compound = models.UUIDField(_("小区"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="names", db_index=False)
    name = EncryptedTextField(_("原文件名"))

    class Meta:
        verbose_name = _("文件名")
        constraints = [
            models.UniqueConstraint(fields=["compound", "file"], name="a_file_has_one_name")
        ]

    def __str__(self) -> str:
        return self.name


def path_of(file: StoredFile) -> str:
    """compound/<its id>/<the file's id>: nothing of the uploaded name."""
    return f"{FOLDER}/{file.compound}/{file.pk}"


FOLDER = "compound"
