"""Addresses of fire safety, below /fire/."""

from django.urls import path

from .views import buildings, defects, logging, reading, register, retiring

app_name = "fire"
DEFECT = "<slug:code>/defects/<slug:number>/"
PLACE = "<slug:code>/places/<slug:digits>/"
EQUIPMENT = "<slug:code>/equipment/<uuid:pk>/"

urlpatterns = [
    path("<slug:code>/", reading.status, name="status"),
    path("<slug:code>/find/", logging.find, name="find"),
    path("<slug:code>/p/<slug:token>/", logging.place, name="place"),
    path("<slug:code>/log/<uuid:pk>/<slug:duty>/", logging.log, name="log"),
    path("<slug:code>/checks/", reading.log_list, name="checks"),
    path("<slug:code>/checks/<int:seq>/", reading.check, name="check"),
    path("<slug:code>/photos/<uuid:pk>/", reading.photo, name="photo"),
    path("<slug:code>/defects/", defects.board, name="defects"),
    path(DEFECT, defects.defect, name="defect"),
    path(f"{DEFECT}repair/", defects.repair, name="repair"),
    path(f"{DEFECT}recheck/", defects.recheck, name="recheck"),
    path("<slug:code>/places/", register.places, name="places"),
    path("<slug:code>/labels/", register.labels, name="labels"),
    path("<slug:code>/places/new/", register.new_place, name="new-place"),
    path(f"{PLACE}change/", register.change_place, name="change-place"),
    path(f"{PLACE}retire/", register.retire_place, name="retire-place"),
    path(f"{PLACE}equipment/new/", register.new_equipment, name="new-equipment"),
    path(f"{EQUIPMENT}change/", register.change_equipment, name="change-equipment"),
    path(f"{EQUIPMENT}retire/", retiring.retire_equipment, name="retire-equipment"),
    path("<slug:code>/retired/", retiring.retired, name="retired"),
    path("<slug:code>/buildings/", buildings.buildings, name="buildings"),
    path("<slug:code>/buildings/new/", buildings.new_building, name="new-building"),
    path(
        "<slug:code>/buildings/<uuid:pk>/change/",
        buildings.change_building_page,
        name="change-building",
    ),
]
