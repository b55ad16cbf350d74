"""Addresses of a teacher's own lessons."""

from django.urls import path

from coach.lessons.own import editor_views, views

LESSON = "teach/lessons/<slug:slug>/"

urlpatterns = [
    path("teach/lessons/", views.lessons, name="own_lessons"),
    path("teach/lessons/new/", views.begin, name="begin_lesson"),
    path(LESSON, editor_views.edit, name="edit_lesson"),
    path(LESSON + "text/", editor_views.edit_text, name="edit_lesson_text"),
    path(LESSON + "file/", editor_views.export, name="export_lesson"),
    path(LESSON + "preview/", editor_views.preview, name="preview_lesson"),
    path(LESSON + "undo/<uuid:version>/", editor_views.undo, name="undo_lesson"),
    path(LESSON + "restore/<uuid:version>/", views.restore, name="restore_lesson"),
    path(LESSON + "try/", views.try_out, name="try_lesson"),
    path(LESSON + "publish/", views.publish, name="publish_lesson"),
    path(LESSON + "withdraw/", views.withdraw, name="withdraw_lesson"),
    path(LESSON + "delete/", views.delete, name="delete_lesson"),
    path(LESSON + "read/", views.read, name="read_lesson"),
    path(LESSON + "everybody/<uuid:version>/", views.show_everybody, name="show_everybody"),
    path(LESSON + "hide/", views.hide, name="hide_lesson"),
]
