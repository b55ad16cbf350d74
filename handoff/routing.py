"""Sockets of the desk."""

from django.urls import path

from handoff.desk_consumer import DeskConsumer
from handoff.voice_consumer import voice_consumer

websocket_urlpatterns = [
    path("ws/desk/", DeskConsumer.as_asgi()),  # type: ignore[arg-type]
    path("ws/desk/voice/<number:pk>/", voice_consumer),  # type: ignore[arg-type]
]
