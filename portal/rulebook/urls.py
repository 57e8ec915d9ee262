"""Addresses of the rulebook: the list, and each key with its history."""

from django.urls import path

from . import views

app_name = "rulebook"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("<str:key>/", views.rule, name="rule"),
]
