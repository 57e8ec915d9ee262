"""Addresses of the county's page and of the lists behind its numbers, below /county/."""

from django.urls import path

from portal.oversight.documents.listings import LISTINGS
from portal.oversight.views import county

app_name = "county"
urlpatterns = [
    path("", county.home, name="home"),
    *(path(f"{name}/", county.listing, {"name": name}, name=name) for name in LISTINGS),
]
