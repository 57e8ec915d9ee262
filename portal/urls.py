"""Every address of the site, by package."""

from django.conf import settings
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from committees.views.figures import check_figures
from portal.oversight.views.desk import desk

handler400 = "portal.tools.frontdoor.views.bad_request"
handler500 = "portal.tools.frontdoor.views.server_error"
urlpatterns = [
    path("", include("portal.tools.health.urls")),
    path("", include("portal.accounts.urls")),  # shuts Wagtail's own sign-in, so it comes first
    path("admin/", include(wagtailadmin_urls)),
    path("account/", include("allauth.urls")),
    path("display/", include("portal.tools.ui.urls")),
    path("my/", desk, name="desk"),
    path("operations/", include("portal.oversight.urls.operations")),
    path("county/", include("portal.oversight.urls.county")),
    path("check-figures/", check_figures, name="check-figures"),
    path("meetings/", include("committees.urls")),
    path("campaigns/", include("portal.campaigns.urls")),
    path("approvals/", include("portal.approvals.urls")),
    path("roll/", include("portal.owners.urls")),
    path("publicity/", include("portal.publicity.urls")),
    path("fire/", include("portal.fire.urls")),
    path("rules/", include("portal.rulebook.urls")),
    path("notices/", include("cms.urls")),
    path("", include(wagtail_urls)),
]
if settings.SERVES_MEDIA:  # elsewhere the web server in front does
    media = path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})
    urlpatterns.insert(0, media)
