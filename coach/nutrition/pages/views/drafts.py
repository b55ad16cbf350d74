"""Buttons of a drafted meal."""

from django.utils.translation import gettext as _

from coach.errors import CoachError
from coach.nutrition import actions, diary_clock
from coach.nutrition.actions import LoggedMeal
from coach.nutrition.pages.forms import GramsForm, first_error
from coach.nutrition.pages.views.button import Done, button
from coach.nutrition.speech.say import say_logged
from coach.types import MemberRequest


@button
def line(request: MemberRequest, pk: int, line: int) -> Done:
    form = GramsForm(request.POST)
    if not form.is_valid():
        raise CoachError(first_error(form), code="invalid")
    actions.edit_draft_line(request.user, pk, line, form.cleaned_data["grams"])
    return None, _("The weight is changed."), None


@button
def line_delete(request: MemberRequest, pk: int, line: int) -> Done:
    actions.remove_draft_line(request.user, pk, line)
    return None, _("Taken out of the draft."), None


@button
def add(request: MemberRequest, pk: int) -> Done:
    change = actions.add_draft(request.user, pk)
    logged = LoggedMeal.again(change)
    return change.meal.day, say_logged(logged, diary_clock.today(request.user)), change


@button
def discard(request: MemberRequest, pk: int) -> Done:
    actions.discard_draft(request.user, pk)
    return None, _("Discarded. Nothing was added to your diary."), None


@button
def keep(request: MemberRequest, pk: int) -> Done:
    actions.keep_draft(request.user, pk)
    return None, _("The draft is back."), None
