"""Sockets of the interpreter."""

from django.urls import path

from coach.interpreter.live.consumer import meeting_consumer

# Channels routes Django's own patterns to ASGI applications; the stubs know only views.
websocket_urlpatterns = [
    path("ws/interpreter/<uuid:pk>/", meeting_consumer)  # type: ignore[arg-type]
]
