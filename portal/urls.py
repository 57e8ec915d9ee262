"""Every address of the site, by package."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("", include("portal.accounts.urls")),  # shuts Wagtail's own sign-in, so it comes first
    path("admin/", include(wagtailadmin_urls)),
    path("account/", include("allauth.urls")),
    path("display/", include("portal.tools.ui.urls")),
    path("", include(wagtail_urls)),
]
