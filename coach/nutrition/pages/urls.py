from django.urls import path

from coach import bounds as bounds  # <number:…> and <day:…>
from coach.nutrition.pages.views import changes, diary, drafts, log

app_name = "nutrition"
urlpatterns = [
    path("", diary.diary, name="diary"),
    path("today/", diary.today, name="today"),
    path("targets/", diary.targets, name="targets"),
    path("preview/", diary.preview, name="preview"),
    path("log/", log.log, name="log"),
    path("items/<number:pk>/", changes.item, name="item"),
    path("items/<number:pk>/delete/", changes.item_delete, name="item_delete"),
    path("meals/<number:pk>/", changes.meal, name="meal"),
    path("meals/<number:pk>/delete/", changes.meal_delete, name="meal_delete"),
    path("changes/<number:pk>/undo/", changes.undo, name="undo"),
    path("changes/<number:pk>/restore/", changes.restore, name="restore"),
    path("drafts/<number:pk>/add/", drafts.add, name="draft_add"),
    path("drafts/<number:pk>/discard/", drafts.discard, name="draft_discard"),
    path("drafts/<number:pk>/keep/", drafts.keep, name="draft_keep"),
    path("drafts/<number:pk>/<number:line>/", drafts.line, name="draft_line"),
    path("drafts/<number:pk>/<number:line>/delete/", drafts.line_delete, name="draft_line_delete"),
    path("<day:day>/", diary.day, name="day"),
    path("<day:day>/part/", diary.part, name="part"),
    path("<day:day>/copy/<slug:slot>/", changes.copy, name="copy"),
]
