from django.urls import include, path

from coach import bounds as bounds  # <number:…>
from coach.lessons import views
from coach.lessons.free import views as free_views

app_name = "lessons"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("free/", free_views.begin, name="free"),
    path("objectives/<uuid:session>/", views.objectives, name="objectives"),
    path("hint/<uuid:session>/", views.hint, name="hint"),
    path("of/<uuid:session>/", views.of_session, name="of_session"),
    path("attempts/<number:pk>/", views.report, name="report"),
    path("attempts/<number:pk>/finish/", views.finish, name="finish"),
    path("", include("coach.lessons.review.urls")),
    path("", include("coach.lessons.progress.urls")),
    path("", include("coach.lessons.learn.urls")),
    path("", include("coach.lessons.school.urls")),
    path("", include("coach.lessons.own.urls")),
    path("<slug:slug>/", views.lesson, name="lesson"),
    path("<slug:slug>/start/", views.start, name="start"),
]
