from django.urls import path

from coach import bounds as bounds  # <number:…>
from coach.lessons.review import keep_views, views

urlpatterns = [
    path("review/", views.review, name="review"),
    path("review/kept/", views.kept, name="kept"),
    path("review/undo/", views.undo, name="review_undo"),
    path("review/<number:pk>/answer/", views.answer, name="review_answer"),
    path("review/<number:pk>/forget/", views.forget, name="review_forget"),
    path("review/<number:pk>/sound/", views.item_sound, name="review_sound"),
    path("of/<uuid:session>/word/", keep_views.word, name="word"),
    path("attempts/<number:pk>/keep/", keep_views.keep, name="keep"),
    path("attempts/<number:pk>/keepable/", keep_views.offered, name="keepable"),
]
