"""Addresses of talks."""

from django.urls import path

from coach.talk import views

app_name = "talk"

urlpatterns = [
    path("", views.start, name="start"),
    path("start/", views.begin, name="begin"),
    path("<uuid:pk>/", views.live, name="live"),
    path("<uuid:pk>/thread/", views.thread, name="thread"),
    path("<uuid:pk>/cards/<int:seq>/", views.card, name="card"),
    path("<uuid:pk>/end/", views.end, name="end"),
]
