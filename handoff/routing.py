"""Sockets of the desk."""

from django.urls import path

from handoff.consumers import DeskConsumer

websocket_urlpatterns = [path("ws/desk/", DeskConsumer.as_asgi())]  # type: ignore[arg-type]
