"""What a job last died of: the class of the error, never its text, which may name a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Failure(models.Model):
    """The last failure of one job of the queue; `job` is the queue's own number for it."""

    job = models.BigIntegerField(primary_key=True)
    name = models.CharField(_("任务"), max_length=128)
    error = models.CharField(_("错误类别"), max_length=200)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("失败的任务")

    def __str__(self) -> str:
        return f"{self.name} {self.job} {self.error}"
