"""The texts that plain notices had, kept as they were posted."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.tools.evidence.models import Evidence


class NoticeText(Evidence):
    """One text of a plain notice: the first as published, each later one a correction.

    `page` is the page's key, `body` its rich text; `request` is printed into the form it was
    written in, so that a form sent twice is one text.
    """

    compound = models.UUIDField(_("小区"))
    page = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField(_("第几稿"))
    title = models.CharField(_("标题"), max_length=255)
    body = models.TextField(_("正文"))
    request = models.UUIDField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("公告文本")
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "page", "number"], name="a_notices_texts_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["compound", "request"], name="a_notice_is_published_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.number}"

    @property
    def compound_id(self) -> UUID:
        """As every row of a compound has it; the audit reads it."""
        return self.compound


class NoticeWithdrawn(Evidence):
    """That a plain notice was withdrawn, when and why; its texts are shown no more."""

    compound = models.UUIDField(_("小区"))
    page = models.PositiveIntegerField()
    reason = models.CharField(_("撤回的理由"), max_length=300)
    by = models.UUIDField()
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("公告的撤回")
        constraints = [
            models.UniqueConstraint(fields=["compound", "page"], name="a_notice_is_withdrawn_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_withdrawal_says_why"),
        ]

    def __str__(self) -> str:
        return str(self.page)

    @property
    def compound_id(self) -> UUID:
        """As every row of a compound has it; the audit reads it."""
        return self.compound
