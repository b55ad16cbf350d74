from datetime import date

from django.urls import path, register_converter

from coach.nutrition.pages import views


class DayConverter:
    """A diary day in an address: 2026-03-10."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(DayConverter, "day")

app_name = "nutrition"
urlpatterns = [
    path("", views.diary, name="diary"),
    path("today/", views.today, name="today"),
    path("targets/", views.targets, name="targets"),
    path("preview/", views.preview, name="preview"),
    path("log/", views.log, name="log"),
    path("items/<int:pk>/", views.item, name="item"),
    path("items/<int:pk>/delete/", views.item_delete, name="item_delete"),
    path("meals/<int:pk>/", views.meal, name="meal"),
    path("meals/<int:pk>/delete/", views.meal_delete, name="meal_delete"),
    path("changes/<int:pk>/undo/", views.undo, name="undo"),
    path("changes/<int:pk>/restore/", views.restore, name="restore"),
    path("drafts/<int:pk>/add/", views.draft_add, name="draft_add"),
    path("drafts/<int:pk>/discard/", views.draft_discard, name="draft_discard"),
    path("drafts/<int:pk>/keep/", views.draft_keep, name="draft_keep"),
    path("drafts/<int:pk>/<int:line>/", views.draft_line, name="draft_line"),
    path("drafts/<int:pk>/<int:line>/delete/", views.draft_line_delete, name="draft_line_delete"),
    path("<day:day>/", views.day, name="day"),
    path("<day:day>/part/", views.part, name="part"),
    path("<day:day>/copy/<slug:slot>/", views.copy, name="copy"),
]
