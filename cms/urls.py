"""Addresses beside Wagtail's tree: where clerks write notices."""

from django.urls import path

from . import views

app_name = "cms"
NOTICE = "<str:code>/<int:page>/"
urlpatterns = [
    path("<str:code>/new/", views.write_notice, name="write-notice"),
    path("<str:code>/publish/", views.publish_notice, name="publish-notice"),
    path(f"{NOTICE}correct/", views.correct_notice, name="correct-notice"),
    path(f"{NOTICE}correct/publish/", views.publish_correction, name="publish-correction"),
    path(f"{NOTICE}withdraw/", views.withdraw_notice, name="withdraw-notice"),
]
