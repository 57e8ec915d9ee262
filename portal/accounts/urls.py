"""Addresses of offices."""

from django.urls import path

from . import invitations, own_visits, views

app_name = "accounts"
urlpatterns = [
    path("admin/login/", views.editors_door, name="editors-door"),
    path("_util/login/", views.readers_door, name="readers-door"),
    path("account/visits/", own_visits.own_visits, name="visits"),
    path("account/visits/others/end/", own_visits.end_other_visits, name="end-other-visits"),
    path("account/visits/<uuid:pk>/end/", own_visits.end_visit, name="end-visit"),
    path("offices/", views.home, name="home"),
    path("offices/invite/", invitations.invite_somebody, name="invite"),
    path("offices/regions/<str:code>/", views.region_offices, name="region-offices"),
    path("offices/regions/<str:code>/appoint/", views.appoint_over, name="appoint-over"),
    path(
        "offices/regions/<str:code>/<uuid:pk>/end/",
        views.end_region_office,
        name="end-region-office",
    ),
    path("offices/<str:code>/", views.offices, name="offices"),
    path("offices/<str:code>/appoint/", views.appoint, name="appoint"),
    path("offices/<str:code>/<uuid:pk>/end/", views.end_office, name="end-office"),
]
