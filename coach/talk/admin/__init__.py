"""Talks, personas and their cost in the console."""

from coach.talk.admin.personas import PersonaAdmin as PersonaAdmin
from coach.talk.admin.sessions import SessionAdmin as SessionAdmin
from coach.talk.admin.sessions import ToolCallAdmin as ToolCallAdmin
from coach.talk.admin.sessions import TurnAdmin as TurnAdmin
from coach.talk.usage.admin import MemberBudgetAdmin as MemberBudgetAdmin
from coach.talk.usage.admin import UsageAdmin as UsageAdmin
