"""What is kept of a talk."""

from coach.talk.models.card import Card as Card
from coach.talk.models.directive import Directive as Directive
from coach.talk.models.message import Message as Message
from coach.talk.models.note import Note as Note
from coach.talk.models.note import NoteSound as NoteSound
from coach.talk.models.picture import Picture as Picture
from coach.talk.models.session import FLOORS_OF_COACH as FLOORS_OF_COACH
from coach.talk.models.session import NO_SCENE as NO_SCENE
from coach.talk.models.session import Floor as Floor
from coach.talk.models.session import Session as Session
from coach.talk.models.session import SessionQuerySet as SessionQuerySet
from coach.talk.models.tool_call import ToolCall as ToolCall
from coach.talk.models.turn import Turn as Turn
from coach.talk.models.usage import HouseNotice as HouseNotice
from coach.talk.models.usage import MemberBudget as MemberBudget
from coach.talk.models.usage import Usage as Usage
