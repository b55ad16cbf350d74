from django.urls import path

from coach import bounds as bounds  # <number:…>
from coach.lessons.progress import views

urlpatterns = [
    path("progress/", views.progress, name="progress"),
    path("placement/", views.placements, name="placements"),
    path("placement/begin/", views.begin, name="placement_begin"),
    path("placement/<number:pk>/", views.placement, name="placement"),
    path("placement/<number:pk>/leave/", views.leave, name="placement_leave"),
]
