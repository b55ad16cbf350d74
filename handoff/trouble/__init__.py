"""A talk goes wrong without any danger in it: then a person is asked. Pure, and no framework."""

from handoff.trouble.weigh import CODES as CODES
from handoff.trouble.weigh import MEMBER_TURNS as MEMBER_TURNS
from handoff.trouble.weigh import USUAL as USUAL
from handoff.trouble.weigh import Limits as Limits
from handoff.trouble.weigh import Said as Said
from handoff.trouble.weigh import is_sign as is_sign
from handoff.trouble.weigh import trouble_in as trouble_in
