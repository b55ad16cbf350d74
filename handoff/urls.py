"""Addresses of the desk, and of asking for a person."""

from django.urls import path

from coach import bounds as bounds  # <number:…>
from handoff.views import case_actions, cases, desk, member, push, reach, wall, wall_actions

app_name = "handoff"
urlpatterns = [
    path("handoff/ask/<uuid:session>/", member.ask, name="ask"),
    path("handoff/cancel/<uuid:session>/", member.take_back, name="cancel"),
    path("handoff/reach/<uuid:session>/", reach.reach, name="reach"),
    path("handoff/follow-up/<number:pk>/cancel/", member.cancel_follow_up, name="cancel_follow_up"),
    path("push/", push.state, name="push"),
    path("push/on/", push.turn_on, name="push_on"),
    path("push/off/", push.turn_off, name="push_off"),
    path("push/test/", push.test, name="push_test"),
    path("push-worker.js", push.worker, name="push_worker"),
    path("desk/", desk.desk, name="desk"),
    path("desk/queue/", desk.queue, name="queue"),
    path("desk/offers/", desk.offers, name="offers"),
    path("desk/presence/", desk.presence, name="presence"),
    path("desk/alive/", desk.alive, name="alive"),
    path("desk/wall/", wall.wall, name="wall"),
    path("desk/wall/board/", wall.board, name="wall_board"),
    path("desk/wall/pause/", wall_actions.pause, name="wall_pause"),
    path("desk/wall/pause/ask/", wall.ask_span, name="wall_ask_span"),
    path("desk/wall/resume/", wall_actions.resume, name="wall_resume"),
    path("desk/wall/cases/<number:pk>/assign/", wall_actions.assign, name="wall_assign"),
    path("desk/wall/cases/<number:pk>/assign/ask/", wall.ask_whom, name="wall_ask_whom"),
    path("desk/wall/cases/<number:pk>/tier/", wall_actions.tier, name="wall_tier"),
    path("desk/wall/cases/<number:pk>/tier/ask/", wall.ask_tier, name="wall_ask_tier"),
    path("desk/wall/talks/<uuid:session>/pull/", wall_actions.pull, name="wall_pull"),
    path("desk/wall/talks/<uuid:session>/pull/ask/", wall.ask_why, name="wall_ask_why"),
    path("desk/offers/<number:offer>/accept/", case_actions.accept, name="accept"),
    path("desk/offers/<number:offer>/decline/", case_actions.decline, name="decline"),
    path("desk/cases/<number:pk>/", cases.case, name="case"),
    path("desk/cases/<number:pk>/thread/", cases.thread, name="thread"),
    path("desk/cases/<number:pk>/earlier/", cases.earlier, name="earlier"),
    path("desk/cases/<number:pk>/claim/", case_actions.claim, name="claim"),
    path("desk/cases/<number:pk>/mode/", case_actions.mode, name="mode"),
    path("desk/cases/<number:pk>/say/", case_actions.say, name="say"),
    path("desk/cases/<number:pk>/call/", case_actions.call, name="call"),
    path("desk/cases/<number:pk>/note/", case_actions.note, name="note"),
    path("desk/cases/<number:pk>/foresee/", case_actions.foresee, name="foresee"),
    path("desk/cases/<number:pk>/release/", case_actions.release, name="release"),
    path("desk/cases/<number:pk>/transfer/", case_actions.transfer, name="transfer"),
    path("desk/cases/<number:pk>/hand-back/", case_actions.hand_back, name="hand_back"),
    path("desk/talks/<uuid:session>/cards/<number:seq>/", cases.card, name="card"),
    path("desk/talks/<uuid:session>/pictures/<number:number>/", cases.picture, name="picture"),
]
