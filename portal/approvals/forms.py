"""What is filled in when a request is answered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.tools.ui.typed import TextField


class RefusalForm(forms.Form):
    """Why somebody does not agree."""

    reason = TextField(label=_("不同意的理由"), max_length=500, rows=3)


class AloneForm(forms.Form):
    """Why it cannot wait for another's answer."""

    reason = TextField(
        label=_("紧急情况"),
        max_length=500,
        rows=3,
        help_text=_("写明为什么等不及另一人答复。这段话会立即公告。"),
    )
