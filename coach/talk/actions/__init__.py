"""The verbs of a talk. Each is one transaction; what must be told outward is told after it."""

from coach.talk.actions.directives import add_directive as add_directive
from coach.talk.actions.directives import claim_directives as claim_directives
from coach.talk.actions.directives import give_back_directives as give_back_directives
from coach.talk.actions.directives import settle_directive as settle_directive
from coach.talk.actions.directives import settle_expired as settle_expired
from coach.talk.actions.floor import move_floor as move_floor
from coach.talk.actions.floor import stop_coach as stop_coach
from coach.talk.actions.messages import answer_message as answer_message
from coach.talk.actions.messages import may_answer as may_answer
from coach.talk.actions.messages import read_messages as read_messages
from coach.talk.actions.messages import unread_messages as unread_messages
from coach.talk.actions.messages import write_message as write_message
from coach.talk.actions.pictures import claim_pictures as claim_pictures
from coach.talk.actions.pictures import give_back_pictures as give_back_pictures
from coach.talk.actions.pictures import show_picture as show_picture
from coach.talk.actions.sessions import announce_failure as announce_failure
from coach.talk.actions.sessions import end_session as end_session
from coach.talk.actions.sessions import start_session as start_session
from coach.talk.actions.tools import run_tool as run_tool
from coach.talk.actions.turns import add_card as add_card
from coach.talk.actions.turns import record_turn as record_turn
from coach.talk.actions.written import begin_written as begin_written
from coach.talk.actions.written import is_written as is_written
from coach.talk.actions.written import screen_written as screen_written
from coach.talk.actions.written import written_lately as written_lately
