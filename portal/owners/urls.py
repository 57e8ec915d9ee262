"""Addresses of the roll, below /roll/."""

from django.urls import path

from .views import desk, homes, importing, roll

app_name = "owners"
PART = "<slug:code>/parts/<uuid:pk>/"

urlpatterns = [
    path("mine/", homes.homes, name="homes"),
    path("<slug:code>/", roll.roll, name="roll"),
    path(PART, roll.part, name="part"),
    path(f"{PART}owners/<uuid:owner>/bind/", desk.bind, name="bind"),
    path(f"{PART}bindings/<uuid:binding>/end/", desk.end, name="end-binding"),
    path("<slug:code>/import/", importing.import_roll, name="import"),
    path("<slug:code>/import/<uuid:upload>/", importing.take_in, name="take-in"),
    path("<slug:code>/import/<uuid:upload>/rest.xlsx", importing.left_over, name="left-over"),
]
