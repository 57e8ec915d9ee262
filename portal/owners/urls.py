"""Addresses of the roll, below /roll/."""

from django.urls import path

from . import views

app_name = "owners"
urlpatterns = [
    path("mine/", views.homes, name="homes"),
    path("<slug:code>/", views.roll, name="roll"),
    path("<slug:code>/parts/<uuid:pk>/", views.part, name="part"),
    path("<slug:code>/import/", views.import_roll, name="import"),
    path("<slug:code>/import/<uuid:upload>/", views.take_in, name="take-in"),
]
