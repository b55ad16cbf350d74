"""Addresses of classes: the teacher's under `teach/`, the learner's under `classes/`."""

from django.urls import path

from coach import bounds as bounds  # <number:…>
from coach.lessons.school import attempt_views, member_views, views

CLASS = "teach/classes/<number:pk>/"

urlpatterns = [
    path("classes/", member_views.classes, name="my_classes"),
    path("classes/<number:membership>/leave/", member_views.leave, name="leave_class"),
    path("join/<str:token>/", member_views.join, name="join"),
    path("teach/", views.classes, name="classes"),
    path("teach/classes/", views.begin, name="begin_class"),
    path(CLASS, views.school_class, name="class"),
    path(CLASS + "close/", views.close, name="close_class"),
    path(CLASS + "link/", views.invite, name="class_link"),
    path(CLASS + "link/end/", views.end_invitation, name="end_class_link"),
    path(CLASS + "assign/", views.assign, name="assign"),
    path(CLASS + "assigned/<number:assignment>/withdraw/", views.withdraw, name="withdraw"),
    path(CLASS + "learners/<number:membership>/", views.learner, name="learner"),
    path(CLASS + "learners/<number:membership>/out/", views.show_out, name="show_out"),
    path(CLASS + "attempts/<number:attempt>/", attempt_views.attempt, name="class_attempt"),
    path(
        CLASS + "attempts/<number:attempt>/turns/<number:turn>/",
        attempt_views.comment,
        name="comment",
    ),
    path(
        CLASS + "comments/<number:comment>/delete/",
        attempt_views.delete_comment,
        name="delete_comment",
    ),
]
