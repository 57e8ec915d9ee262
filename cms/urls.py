"""Addresses beside Wagtail's tree: where clerks write notices."""

from django.urls import path

from . import views

app_name = "cms"
urlpatterns = [
    path("<str:code>/new/", views.write_notice, name="write-notice"),
    path("<str:code>/publish/", views.publish_notice, name="publish-notice"),
]
