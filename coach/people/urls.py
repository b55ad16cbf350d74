from django.urls import path

from coach import bounds as bounds  # <number:…>
from coach.people import views

app_name = "people"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("listening/", views.listening, name="listening"),
    path("told/", views.told, name="told"),
    path("told/list/", views.told_list, name="told_list"),
    path("facts/<number:pk>/erase/", views.fact_erase, name="fact_erase"),
    path("measured/<number:pk>/undo/", views.measurement_undo, name="measurement_undo"),
    path("measured/<number:pk>/erase/", views.measurement_erase, name="measurement_erase"),
    path("agreed/<number:pk>/erase/", views.memory_erase, name="memory_erase"),
]
