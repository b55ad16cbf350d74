"""Sockets of a talk."""

from django.urls import path

from coach.talk.live.consumer import TalkConsumer

websocket_urlpatterns = [path("ws/talk/<uuid:pk>/", TalkConsumer.as_asgi())]  # type: ignore[arg-type]
