from django.urls import path

from coach.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.page, name="page"),
    path("archive/", views.archive, name="archive"),
    path("erase/", views.erase_account, name="erase"),
]
