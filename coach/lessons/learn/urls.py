from django.urls import path

from coach import bounds as bounds  # <number:…>
from coach.lessons.learn import views

urlpatterns = [
    path("heard/", views.heard, name="heard"),
    path("<slug:slug>/learn/", views.learn, name="learn"),
    path("<slug:slug>/learn/<number:number>/", views.type_phrase, name="type_phrase"),
    path("<slug:slug>/learn/<number:number>/sound/", views.sound, name="sound"),
    path("<slug:slug>/practise/", views.practise, name="practise"),
    path("<slug:slug>/practise/again/", views.practise_again, name="practise_again"),
]
