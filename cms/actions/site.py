"""Build the site's pages and say who may edit them."""

from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Locale, Page, Site

from portal.places.models import Compound

from ..models import CompoundPage, HomePage, PlainPage
from ..permissions import editors

EDITORS = "网站管理员"
EDITORS_MAY = ("add_page", "change_page", "publish_page")
KEEPERS_MAY = ("region", "compound", "firm", "servicecontract")  # add and change, never delete


class SiteNotBuilt(LookupError):
    """There is no home page yet: `build_site` comes first."""


@transaction.atomic
def build_site(name: str) -> Site:
    """The home page in simplified Chinese as the site's root, the plain pages, the editors' group.

    `name` is the county's.  A second run adds what is missing and changes no text.
    """
    root = Page.objects.select_for_update(no_key=True).get(depth=1)
    home = HomePage.objects.first()
    if home is None:
        locale = Locale.objects.get_or_create(language_code="zh-hans")[0]
        home = HomePage(title=_("%s住宅小区") % name, slug="xingfuli", locale=locale, live=False)
        publish(root, home)
    site, _new = Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "site_name": name},
        create_defaults={"root_page": home, "site_name": name, "hostname": "localhost"},
    )
    _remove_welcome_page()
    for slug, title in (("privacy", _("个人信息保护说明")), ("help", _("使用帮助"))):
        _ensure_plain_page(home, slug, title, name)
    _ensure_editors(home)
    return site


@transaction.atomic
def ensure_compound_page(compound: Compound) -> CompoundPage:
    """The compound's page at `/<code>/`, made if it has none; refuses `SiteNotBuilt`."""
    page = _page_of(compound)
    if page is None:
        home = HomePage.objects.select_for_update(no_key=True).first()
        if home is None:
            raise SiteNotBuilt
        page = _page_of(compound)  # another may have made it while this one waited for the lock
    if page is None:
        page = CompoundPage(
            title=compound.name, slug=compound.code, compound=compound.pk, live=False
        )
        publish(home, page)
    return page


@transaction.atomic
def keep_compound_page(compound: Compound) -> CompoundPage:
    """Its page, made if missing, under the name the compound has now."""
    page = ensure_compound_page(compound)
    if page.title != compound.name:
        page.title = compound.name
        page.save_revision().publish()
    return page


@transaction.atomic
def sync_editors(*, on: date) -> None:
    """Let exactly those into Wagtail's administration who are administrators on that day."""
    group = Group.objects.select_for_update(no_key=True).filter(name=EDITORS).first()
    if group is not None:
        group.user_set.set(editors(on))


def _page_of(compound: Compound) -> CompoundPage | None:
    found: CompoundPage | None = CompoundPage.objects.filter(compound=compound.pk).first()
    return found


def publish(parent: Page, page: Page) -> None:
    """Add a page below `parent` and have it live."""
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()


def _ensure_plain_page(home: HomePage, slug: str, title: str, name: str) -> None:
    if not PlainPage.objects.child_of(home).filter(slug=slug).exists():
        body = render_to_string(f"cms/texts/{slug}.html", {"name": name})
        publish(home, PlainPage(title=title, slug=slug, body=body, live=False))


def _remove_welcome_page() -> None:
    """Wagtail's own first page, which its migrations make."""
    for page in Page.objects.filter(depth=2, slug="home", numchild=0):
        if page.specific_class is Page:
            page.delete()


def _ensure_editors(home: HomePage) -> None:
    group = Group.objects.get_or_create(name=EDITORS)[0]
    kept = [f"{verb}_{name}" for name in KEEPERS_MAY for verb in ("add", "change")]
    wanted = ["access_admin", "change_installation", *kept]
    group.permissions.add(*Permission.objects.filter(codename__in=wanted))
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=EDITORS_MAY
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
