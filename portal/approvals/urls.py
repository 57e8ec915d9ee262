"""Addresses of requests."""

from django.urls import path

from .views import requests

app_name = "approvals"
urlpatterns = [
    path("", requests.home, name="home"),
    path("<uuid:pk>/", requests.request_page, name="request"),
    path("<uuid:pk>/agree/", requests.agree, name="agree"),
    path("<uuid:pk>/refuse/", requests.refuse, name="refuse"),
    path("<uuid:pk>/withdraw/", requests.withdraw, name="withdraw"),
    path("<uuid:pk>/alone/", requests.act_alone, name="act-alone"),
]
