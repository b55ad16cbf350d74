"""The verbs of the diary. Each is one transaction and writes one row that can be undone."""

from coach.nutrition.actions.changing import ChangedMeal as ChangedMeal
from coach.nutrition.actions.changing import change_meal as change_meal
from coach.nutrition.actions.draft_lines import change_draft as change_draft
from coach.nutrition.actions.draft_lines import edit_draft_line as edit_draft_line
from coach.nutrition.actions.draft_lines import remove_draft_line as remove_draft_line
from coach.nutrition.actions.draft_lines import take_back_draft_change as take_back_draft_change
from coach.nutrition.actions.drafts import Proposed as Proposed
from coach.nutrition.actions.drafts import add_draft as add_draft
from coach.nutrition.actions.drafts import discard_draft as discard_draft
from coach.nutrition.actions.drafts import draft_in_question as draft_in_question
from coach.nutrition.actions.drafts import keep_draft as keep_draft
from coach.nutrition.actions.drafts import propose_meal as propose_meal
from coach.nutrition.actions.edit import delete_item as delete_item
from coach.nutrition.actions.edit import delete_meal as delete_meal
from coach.nutrition.actions.edit import edit_item as edit_item
from coach.nutrition.actions.edit import move_meal as move_meal
from coach.nutrition.actions.history import last_was_a_removal as last_was_a_removal
from coach.nutrition.actions.history import restore as restore
from coach.nutrition.actions.history import undo as undo
from coach.nutrition.actions.log import LoggedMeal as LoggedMeal
from coach.nutrition.actions.log import Question as Question
from coach.nutrition.actions.log import copy_slot as copy_slot
from coach.nutrition.actions.log import log_meal as log_meal
from coach.nutrition.actions.log import nothing_eaten as nothing_eaten
from coach.nutrition.actions.meant import just_logged as just_logged
from coach.nutrition.actions.meant import says_which as says_which
from coach.nutrition.actions.meant import (
    speaks_of_what_is_there as speaks_of_what_is_there,
)
from coach.nutrition.actions.suggest import Suggested as Suggested
from coach.nutrition.actions.suggest import suggest_meals as suggest_meals
