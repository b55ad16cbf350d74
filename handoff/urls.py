"""Addresses of the desk, and of asking for a person."""

from django.urls import path

from handoff.views import cases, desk, member

app_name = "handoff"
urlpatterns = [
    path("handoff/ask/<uuid:session>/", member.ask, name="ask"),
    path("handoff/cancel/<uuid:session>/", member.take_back, name="cancel"),
    path("desk/", desk.desk, name="desk"),
    path("desk/queue/", desk.queue, name="queue"),
    path("desk/offers/", desk.offers, name="offers"),
    path("desk/presence/", desk.presence, name="presence"),
    path("desk/alive/", desk.alive, name="alive"),
    path("desk/offers/<int:offer>/accept/", cases.accept, name="accept"),
    path("desk/offers/<int:offer>/decline/", cases.decline, name="decline"),
    path("desk/cases/<int:pk>/", cases.case, name="case"),
    path("desk/cases/<int:pk>/thread/", cases.thread, name="thread"),
    path("desk/cases/<int:pk>/claim/", cases.claim, name="claim"),
    path("desk/cases/<int:pk>/mode/", cases.mode, name="mode"),
    path("desk/cases/<int:pk>/say/", cases.say, name="say"),
    path("desk/cases/<int:pk>/release/", cases.release, name="release"),
    path("desk/cases/<int:pk>/hand-back/", cases.hand_back, name="hand_back"),
    path("desk/talks/<uuid:session>/cards/<int:seq>/", cases.card, name="card"),
    path("desk/talks/<uuid:session>/pictures/<int:number>/", cases.picture, name="picture"),
]
