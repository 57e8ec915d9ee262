"""The switches of the page's head and the stylesheet."""

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("type-size/", views.type_size, name="type_size"),
    path("language/", views.language, name="language"),
    path("<slug:digest>.css", views.stylesheet, name="stylesheet"),
]
