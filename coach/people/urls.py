from django.urls import path

from coach.people import views

app_name = "people"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("listening/", views.listening, name="listening"),
]
