"""Addresses of a teacher's own lessons."""

from django.urls import path

from coach.lessons.own import views

LESSON = "teach/lessons/<slug:slug>/"

urlpatterns = [
    path("teach/lessons/", views.lessons, name="own_lessons"),
    path("teach/lessons/new/", views.begin, name="begin_lesson"),
    path(LESSON, views.edit, name="edit_lesson"),
    path(LESSON + "restore/<uuid:version>/", views.restore, name="restore_lesson"),
    path(LESSON + "try/", views.try_out, name="try_lesson"),
    path(LESSON + "publish/", views.publish, name="publish_lesson"),
    path(LESSON + "withdraw/", views.withdraw, name="withdraw_lesson"),
    path(LESSON + "delete/", views.delete, name="delete_lesson"),
    path(LESSON + "read/", views.read, name="read_lesson"),
    path(LESSON + "everybody/<uuid:version>/", views.show_everybody, name="show_everybody"),
    path(LESSON + "hide/", views.hide, name="hide_lesson"),
]
