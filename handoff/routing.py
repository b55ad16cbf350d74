"""Sockets of the desk."""

from django.urls import path

from handoff.desk_consumer import DeskConsumer

websocket_urlpatterns = [path("ws/desk/", DeskConsumer.as_asgi())]  # type: ignore[arg-type]
