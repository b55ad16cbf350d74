"""Addresses of the desk, and of asking for a person."""

from django.urls import path

from handoff.views import case_actions, cases, desk, member

app_name = "handoff"
urlpatterns = [
    path("handoff/ask/<uuid:session>/", member.ask, name="ask"),
    path("handoff/cancel/<uuid:session>/", member.take_back, name="cancel"),
    path("desk/", desk.desk, name="desk"),
    path("desk/queue/", desk.queue, name="queue"),
    path("desk/offers/", desk.offers, name="offers"),
    path("desk/presence/", desk.presence, name="presence"),
    path("desk/alive/", desk.alive, name="alive"),
    path("desk/offers/<int:offer>/accept/", case_actions.accept, name="accept"),
    path("desk/offers/<int:offer>/decline/", case_actions.decline, name="decline"),
    path("desk/cases/<int:pk>/", cases.case, name="case"),
    path("desk/cases/<int:pk>/thread/", cases.thread, name="thread"),
    path("desk/cases/<int:pk>/claim/", case_actions.claim, name="claim"),
    path("desk/cases/<int:pk>/mode/", case_actions.mode, name="mode"),
    path("desk/cases/<int:pk>/say/", case_actions.say, name="say"),
    path("desk/cases/<int:pk>/release/", case_actions.release, name="release"),
    path("desk/cases/<int:pk>/hand-back/", case_actions.hand_back, name="hand_back"),
    path("desk/talks/<uuid:session>/cards/<int:seq>/", cases.card, name="card"),
    path("desk/talks/<uuid:session>/pictures/<int:number>/", cases.picture, name="picture"),
]
