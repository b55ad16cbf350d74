from django.urls import path

from coach import bounds as bounds  # <number:…>
from coach.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.page, name="page"),
    path("list/", views.list_of, name="list"),
    path("due/", views.due, name="due"),
    path("<number:pk>/", views.edit, name="edit"),
    path("<number:pk>/delete/", views.delete, name="delete"),
    path("<number:pk>/back/", views.put_back, name="put_back"),
    path("due/<number:pk>/seen/", views.seen, name="seen"),
]
