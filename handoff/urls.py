"""Addresses of the desk and of asking for a person."""

from django.urls import URLPattern

app_name = "handoff"
urlpatterns: list[URLPattern] = []
