"""Addresses of campaigns, below /campaigns/."""

from django.urls import path

from .views import entering, public, scoring, steering

ENTRY = "<str:code>/entries/<str:compound>/"

app_name = "campaigns"
urlpatterns = [
    path("", public.campaigns, name="campaigns"),
    path("new/<str:region>/", steering.new_campaign, name="new"),
    path("<str:code>/", public.campaign, name="campaign"),
    path("<str:code>/manage/", steering.manage, name="manage"),
    path("<str:code>/manage/publish/", steering.publish, name="publish"),
    path("<str:code>/manage/award/", steering.award, name="award"),
    path("<str:code>/manage/to/<slug:stage>/", steering.advance, name="advance"),
    path(ENTRY, public.entry, name="entry"),
    path(f"{ENTRY}entry.json", public.entry_json, name="entry-json"),
    path(f"{ENTRY}enter/", entering.enter, name="enter"),
    path(f"{ENTRY}draft/", entering.draft, name="draft"),
    path(f"{ENTRY}submit/", entering.submit, name="submit"),
    path(f"{ENTRY}files/<uuid:file>/", entering.file, name="file"),
    path(f"{ENTRY}score/", scoring.score, name="score"),
    path(f"{ENTRY}veto/", scoring.veto, name="veto"),
]
