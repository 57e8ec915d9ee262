"""Addresses of publicities: the list, one of them, and the bytes behind its hash."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.publicities, name="publicities"),
    path("<str:code>/<int:number>/", views.publicity, name="publicity"),
    path("<str:code>/<int:number>.json", views.publicity_text, name="publicity_text"),
]
