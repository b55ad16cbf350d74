"""Sockets of a talk."""

from django.urls import path

from coach.talk.live.consumer import talk_consumer

# Channels routes Django's own patterns to ASGI applications; the stubs know only views.
websocket_urlpatterns = [path("ws/talk/<uuid:pk>/", talk_consumer)]  # type: ignore[arg-type]
