"""Buttons that change what is in the diary."""

from datetime import date, timedelta

from django.http import Http404
from django.utils.translation import gettext as _

from coach.errors import CoachError
from coach.nutrition import actions, diary_clock
from coach.nutrition.models.diary import Slot
from coach.nutrition.pages.forms import GramsForm, WhenForm, first_error
from coach.nutrition.pages.views.button import Done, button
from coach.nutrition.speech.say import say_logged
from coach.types import MemberRequest


@button
def item(request: MemberRequest, pk: int) -> Done:
    form = GramsForm(request.POST)
    if not form.is_valid():
        raise CoachError(first_error(form), code="invalid")
    change = actions.edit_item(request.user, pk, form.cleaned_data["grams"])
    return change.meal.day, _("The weight is changed."), change


@button
def item_delete(request: MemberRequest, pk: int) -> Done:
    change = actions.delete_item(request.user, pk)
    return change.meal.day, _("Deleted."), change


@button
def meal(request: MemberRequest, pk: int) -> Done:
    form = WhenForm(request.POST)
    if not form.is_valid():
        raise CoachError(first_error(form), code="invalid")
    values = form.cleaned_data
    change = actions.move_meal(
        request.user, pk, day=values["day"], slot=values["slot"], time_of_day=values["time"]
    )
    return change.meal.day, _("The meal is changed."), change


@button
def meal_delete(request: MemberRequest, pk: int) -> Done:
    change = actions.delete_meal(request.user, pk)
    return change.meal.day, _("The meal is deleted."), change


@button
def copy(request: MemberRequest, day: date, slot: str) -> Done:
    if slot not in Slot.values:
        raise Http404
    source = day - timedelta(days=1)
    logged = actions.copy_slot(request.user, slot, source=source, target=day)
    return day, say_logged(logged, diary_clock.today(request.user)), logged.change


@button
def undo(request: MemberRequest, pk: int) -> Done:
    change = actions.undo(request.user, pk)
    return change.meal.day, _("Undone."), None


@button
def restore(request: MemberRequest, pk: int) -> Done:
    change = actions.restore(request.user, pk)
    return change.meal.day, _("It is back."), None
