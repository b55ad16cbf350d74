"""Sockets of the desk."""

from django.urls import URLPattern

websocket_urlpatterns: list[URLPattern] = []
