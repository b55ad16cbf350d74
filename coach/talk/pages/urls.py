"""Addresses of talks."""

from django.urls import path

from coach import bounds as bounds  # <number:…>
from coach.talk.notes import views as notes_views
from coach.talk.pages import messages as message_views
from coach.talk.pages import views
from coach.talk.pictures import views as picture_views

app_name = "talk"

urlpatterns = [
    path("", views.start, name="start"),
    path("start/", views.begin, name="begin"),
    path("messages/", message_views.messages_of, name="messages"),
    path("<uuid:pk>/", views.live, name="live"),
    path("<uuid:pk>/thread/", views.thread, name="thread"),
    path("<uuid:pk>/earlier/", views.earlier, name="earlier"),
    path("<uuid:pk>/cards/<number:seq>/", views.card, name="card"),
    path("<uuid:pk>/pictures/", picture_views.add, name="pictures"),
    path("<uuid:pk>/pictures/<number:number>/", picture_views.picture, name="picture"),
    path("<uuid:pk>/notes/", notes_views.notes, name="notes"),
    path("<uuid:pk>/notes/<number:note>/sound/", notes_views.sound, name="sound"),
    path("<uuid:pk>/end/", views.end, name="end"),
    path("<uuid:pk>/answer/", message_views.answer, name="answer"),
]
