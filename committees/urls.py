"""Addresses of owners' meetings, below /meetings/."""

from django.urls import path

from .views import (
    committee,
    console,
    leaving,
    own_rules,
    posts,
    preparing,
    public,
    records,
    seating,
    slips,
    unopenable,
    voting,
)

app_name = "committees"
MEETING = "<slug:code>/<slug:number>/"

urlpatterns = [
    path("<slug:code>/", public.meetings, name="meetings"),
    path("<slug:code>/new/", preparing.new_meeting, name="new-meeting"),
    path("<slug:code>/own-rules/", own_rules.own_rules, name="own-rules"),
    path("<slug:code>/own-rules/<str:key>/", own_rules.own_rule, name="own-rule"),
    path("<slug:code>/committee/", committee.committee, name="committee"),
    path("<slug:code>/committee/take-over/", committee.take_over, name="take-over"),
    path("<slug:code>/committee/<int:number>/posts/", posts.posts, name="posts"),
    path("<slug:code>/committee/members/<uuid:pk>/leave/", leaving.leave, name="leave"),
    path("<slug:code>/committee/members/<uuid:pk>/return/", leaving.put_back, name="put-back"),
    path("<slug:code>/committee/<uuid:pk>/undo/", committee.undo, name="undo-take-over"),
    path(MEETING, public.meeting, name="meeting"),
    path(f"{MEETING}receipt/", public.receipt, name="receipt"),
    path(f"{MEETING}result.json", records.result_json, name="result-json"),
    path(f"{MEETING}record/", records.record, name="record"),
    path(f"{MEETING}console/", console.console, name="console"),
    path(f"{MEETING}change/", preparing.change_meeting, name="change-meeting"),
    path(f"{MEETING}discard/", preparing.discard_meeting, name="discard-meeting"),
    path(f"{MEETING}unopenable/", unopenable.unopenable, name="unopenable"),
    path(f"{MEETING}console/call-off/", console.call_off, name="call-off"),
    path(f"{MEETING}console/waive/", console.ask_to_waive, name="ask-to-waive"),
    path(f"{MEETING}console/reschedule/", console.reschedule, name="reschedule"),
    *(
        path(f"{MEETING}console/{name}/", console.step, {"name": name}, name=name)
        for name in console.STEPS
    ),
    *(
        path(
            f"{MEETING}matters/new-{kind}/",
            preparing.new_matter,
            {"kind": kind},
            name=f"new-{kind}",
        )
        for kind in ("decision", "election")
    ),
    path(f"{MEETING}matters/<int:position>/drop/", preparing.drop_matter, name="drop-matter"),
    path(f"{MEETING}matters/<int:position>/candidates/", preparing.nominate, name="nominate"),
    path(
        f"{MEETING}matters/<int:position>/candidates/<int:candidate>/withdraw/",
        preparing.withdraw,
        name="withdraw",
    ),
    path(f"{MEETING}matters/<int:position>/seat/", seating.seat, name="seat"),
    path(f"{MEETING}slips/", slips.find, name="slips"),
    path(f"{MEETING}slips/<int:slip>/", slips.slip, name="slip"),
    path(f"{MEETING}slips/keyed/<uuid:ballot>/void/", slips.void, name="void-slip"),
    path(f"{MEETING}vote/<int:slip>/", voting.ballot, name="ballot"),
    path(f"{MEETING}vote/<int:slip>/cast/", voting.cast, name="send-ballot"),
    path(f"{MEETING}receipts/<uuid:ballot>/", voting.receipt, name="cast"),
]
