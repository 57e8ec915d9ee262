"""The site's pages: the county's home, a compound's page, its notices, plain pages.

A page knows its compound by a plain id, for pages live beside the sharded tables.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    """The county in one screen."""

    intro = RichTextField(_("导语"), blank=True, features=["bold", "link"])

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.CompoundPage", "cms.PlainPage"]
    max_count = 1
    private_page_options: list[str] = []
    template = "cms/home_page.html"
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("首页")


class PlainPage(Page):
    """Privacy, help and the like."""

    body = RichTextField(_("正文"))

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    private_page_options: list[str] = []
    template = "cms/plain_page.html"
    content_panels = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("说明页")


class CompoundPage(Page):
    """One compound's public face; facts come from the records, only the words are typed."""

    is_creatable = False  # made by actions.ensure_compound_page, so that it names its compound

    compound = models.UUIDField(_("小区"), unique=True)
    about = RichTextField(_("小区介绍"), blank=True, features=["bold", "link", "ul"])

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NoticePage"]
    private_page_options: list[str] = []
    template = "cms/compound_page.html"
    content_panels = [*Page.content_panels, FieldPanel("about")]

    class Meta:
        verbose_name = _("小区页")


class NoticePage(Page):
    """A notice: written here, or carrying a publicity whose frozen text stands elsewhere."""

    is_creatable = False  # made by actions.publish_notice and post_notice
    exclude_fields_in_copy = ["publicity"]

    compound = models.UUIDField(_("小区"))
    publicity = models.UUIDField(_("公示"), null=True, blank=True, unique=True, editable=False)
    body = RichTextField(_("正文"), blank=True, features=["h2", "h3", "bold", "ul", "ol", "link"])
    posted_on = models.DateField(_("日期"))

    parent_page_types = ["cms.CompoundPage"]
    subpage_types: list[str] = []
    private_page_options: list[str] = []
    template = "cms/notice_page.html"
    content_panels = [*Page.content_panels, FieldPanel("posted_on"), FieldPanel("body")]

    class Meta:
        verbose_name = _("公告")
        indexes = [models.Index(fields=["compound", "posted_on"], name="notices_by_compound")]

    @property
    def is_plain(self) -> bool:
        """Whether its words stand here, to be corrected or withdrawn; those of a 公示 are fixed."""
        return self.publicity is None
