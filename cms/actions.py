"""Build the site's pages, publish notices on them, and say who may edit them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Locale, Page, Site

from portal.places.actions import next_number
from portal.places.models import Compound
from portal.publicity import actions as publicity_actions
from portal.publicity.models import Publicity
from portal.tools.audit.actions import note

from .models import CompoundPage, HomePage, NoticePage, PlainPage
from .permissions import editors

EDITORS = "网站管理员"
EDITORS_MAY = ("add_page", "change_page", "publish_page")
KEEPERS_MAY = ("region", "compound", "firm", "servicecontract")  # add and change, never delete


class SiteNotBuilt(LookupError):
    """There is no home page yet: `build_site` comes first."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice as its form sends it; `body` is plain text, `request` the form's own id."""

    title: str
    body: str
    request: UUID


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
        _publish(root, home)
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
        _publish(home, page)
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
def post_notice(publicity: Publicity, *, at: datetime) -> NoticePage:
    """Publish the page that carries `publicity` and start its clock, both or neither.

    Twice, or two at once, makes one page.  A page that an editor has unpublished since stays
    so: the text stands at its own address.
    """
    parent = _alone(ensure_compound_page(publicity.compound))
    page: NoticePage | None = NoticePage.objects.filter(publicity=publicity.pk).first()
    if page is None:
        page = NoticePage(
            title=publicity.title,
            slug=f"publicity-{publicity.number}",
            compound=publicity.compound_id,
            publicity=publicity.pk,
            posted_on=timezone.localdate(at),
            live=False,
        )
        _publish(parent, page)
    publicity_actions.start_clock(publicity, at=at)
    return page


@transaction.atomic
def publish_notice(
    compound: Compound, draft: Draft, *, by: UUID | None, at: datetime
) -> NoticePage:
    """Publish a notice written by hand; the same form sent again gives the same page."""
    parent = _alone(ensure_compound_page(compound))
    sent: NoticePage | None = NoticePage.objects.filter(
        compound=compound.pk, request=draft.request
    ).first()
    if sent is not None:
        return sent
    number = next_number(compound, "notice")
    page = NoticePage(
        title=draft.title,
        slug=f"notice-{number}",
        compound=compound.pk,
        request=draft.request,
        body=linebreaks(draft.body, autoescape=True),
        posted_on=timezone.localdate(at),
        live=False,
    )
    _publish(parent, page)
    note("cms.publish_notice", compound, by=by, at=at, facts={"notice": number})
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


def _alone(page: CompoundPage) -> CompoundPage:
    """The page, locked: what is added below it is added one at a time (paths in the tree)."""
    locked: CompoundPage = CompoundPage.objects.select_for_update(no_key=True).get(pk=page.pk)
    return locked


def _publish(parent: Page, page: Page) -> None:
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()


def _ensure_plain_page(home: HomePage, slug: str, title: str, name: str) -> None:
    if not PlainPage.objects.child_of(home).filter(slug=slug).exists():
        body = render_to_string(f"cms/texts/{slug}.html", {"name": name})
        _publish(home, PlainPage(title=title, slug=slug, body=body, live=False))


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
