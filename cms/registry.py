"""Places and firms in Wagtail's administration: where a county enters its own.

Wagtail lists, searches, draws the forms and keeps their history; nothing is deleted here.
"""

from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from portal.firms.models import Firm, ServiceContract
from portal.places.models import Compound, Installation, Region
from portal.tools.audit.actions import note
from portal.tools.history.actions import Said, keep, said_by

from . import actions
from .forms import registry as forms


class Noted:
    """Saves as Wagtail does, notes it in the audit, and gives a compound its page.

    What a compound said before stays known, so that its past days keep their figures.
    """

    act: ClassVar[str]

    def save_instance(self) -> Any:
        by, at = self.request.user.pk, timezone.now()  # type: ignore[attr-defined]
        before = _before(self.form.instance, at)  # type: ignore[attr-defined]
        saved = super().save_instance()  # type: ignore[misc]
        changed = sorted(self.form.changed_data)  # type: ignore[attr-defined]
        note(f"registry.{self.act}", saved, by=by, at=at, facts={"fields": changed})
        if isinstance(saved, Compound):
            actions.keep_compound_page(saved)
            keep(saved, before, acts_from=timezone.localdate(at), by=by, at=at)
        return saved


def _before(thing: Any, at: datetime) -> Said:
    """What a compound says before it is saved; a new one says when it was entered."""
    if not isinstance(thing, Compound):
        return {}
    if thing._state.adding:
        thing.entered_at = at
        return {}
    return said_by(Compound.objects.get(pk=thing.pk), Compound.HISTORY)


class Adding(Noted, generic.CreateView):
    act = "add"


class Changing(Noted, generic.EditView):
    act = "change"


class Registered(ModelViewSet):
    add_view_class = Adding
    edit_view_class = Changing
    copy_view_enabled = False
    add_to_reference_index = False
    form_class: ClassVar[type[WagtailAdminModelForm]]

    def get_form_class(self, for_update: bool = False) -> type[WagtailAdminModelForm]:  # noqa: ARG002
        return self.form_class


class Installations(Registered):
    model = Installation
    form_class = forms.InstallationForm
    icon = "cog"
    list_display = ["name", "icp_filing", "police_filing"]


class Regions(Registered):
    model = Region
    form_class = forms.RegionForm
    icon = "globe"
    ordering = "path"
    list_display = ["name", "level", "parent", "code"]
    list_filter = ["level"]
    search_fields = ["name", "code"]


class Compounds(Registered):
    model = Compound
    form_class = forms.CompoundForm
    icon = "home"
    ordering = "code"
    list_display = ["name", "code", "region", "kind"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]


class Firms(Registered):
    model = Firm
    form_class = forms.FirmForm
    icon = "group"
    ordering = "name"
    list_display = ["name", "credit_code", "telephone"]
    search_fields = ["name", "credit_code"]


class Contracts(Registered):
    model = ServiceContract
    form_class = forms.ContractForm
    icon = "doc-full"
    ordering = ["compound__code", "starts_on"]
    list_display = ["compound", "firm", "starts_on", "ends_on", "filed_on"]


class Registry(ModelViewSetGroup):
    menu_label = _("基础档案")
    menu_icon = "list-ul"
    items = (Regions, Compounds, Firms, Contracts, Installations)
