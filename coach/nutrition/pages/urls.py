from datetime import date

from django.urls import path, register_converter

from coach.nutrition.pages.views import changes, diary, drafts, log


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
    path("", diary.diary, name="diary"),
    path("today/", diary.today, name="today"),
    path("targets/", diary.targets, name="targets"),
    path("preview/", diary.preview, name="preview"),
    path("log/", log.log, name="log"),
    path("items/<int:pk>/", changes.item, name="item"),
    path("items/<int:pk>/delete/", changes.item_delete, name="item_delete"),
    path("meals/<int:pk>/", changes.meal, name="meal"),
    path("meals/<int:pk>/delete/", changes.meal_delete, name="meal_delete"),
    path("changes/<int:pk>/undo/", changes.undo, name="undo"),
    path("changes/<int:pk>/restore/", changes.restore, name="restore"),
    path("drafts/<int:pk>/add/", drafts.add, name="draft_add"),
    path("drafts/<int:pk>/discard/", drafts.discard, name="draft_discard"),
    path("drafts/<int:pk>/keep/", drafts.keep, name="draft_keep"),
    path("drafts/<int:pk>/<int:line>/", drafts.line, name="draft_line"),
    path("drafts/<int:pk>/<int:line>/delete/", drafts.line_delete, name="draft_line_delete"),
    path("<day:day>/", diary.day, name="day"),
    path("<day:day>/part/", diary.part, name="part"),
    path("<day:day>/copy/<slug:slot>/", changes.copy, name="copy"),
]
