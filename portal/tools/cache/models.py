"""What all web processes remember for a while: limits apart from everything else."""

from django.db import models


class Remembered(models.Model):
    """One value until one moment; the key is a keyed hash, so that it tells nobody's phone."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField()
    until = models.DateTimeField(null=True, db_index=True)

    class Meta:
        abstract = True


class Limit(Remembered):
    """How often something was tried.  A row goes when it has run out, and never to make room."""

    class Meta:
        verbose_name = "次数限制"
        constraints = [
            models.CheckConstraint(condition=models.Q(until__isnull=False), name="a_limit_runs_out")
        ]

    def __str__(self) -> str:
        return self.key


class Kept(Remembered):
    """Anything else that the processes share: an access token, the addresses of sites."""

    class Meta:
        verbose_name = "缓存内容"

    def __str__(self) -> str:
        return self.key
