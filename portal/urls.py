"""Every address of the site, by package."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from portal.oversight.views.desk import desk

urlpatterns = [
    path("", include("portal.accounts.urls")),  # shuts Wagtail's own sign-in, so it comes first
    path("admin/", include(wagtailadmin_urls)),
    path("account/", include("allauth.urls")),
    path("display/", include("portal.tools.ui.urls")),
    path("my/", desk, name="desk"),
    path("meetings/", include("committees.urls")),
    path("roll/", include("portal.owners.urls")),
    path("publicity/", include("portal.publicity.urls")),
    path("notices/", include("cms.urls")),
    path("", include(wagtail_urls)),
]
