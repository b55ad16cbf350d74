"""The verbs of the diary. Each is one transaction and writes one row that can be undone."""

from coach.nutrition.actions.changing import ChangedMeal as ChangedMeal
from coach.nutrition.actions.changing import change_meal as change_meal
from coach.nutrition.actions.history import restore as restore
from coach.nutrition.actions.history import undo as undo
from coach.nutrition.actions.meals import LoggedMeal as LoggedMeal
from coach.nutrition.actions.meals import Question as Question
from coach.nutrition.actions.meals import copy_slot as copy_slot
from coach.nutrition.actions.meals import delete_item as delete_item
from coach.nutrition.actions.meals import delete_meal as delete_meal
from coach.nutrition.actions.meals import edit_item as edit_item
from coach.nutrition.actions.meals import log_meal as log_meal
from coach.nutrition.actions.meals import move_meal as move_meal
