"""Words that both what happens in a talk and what is to be done about it are told in."""

from typing import Literal

from coach.wire.vocabulary import Floor as Floor
from coach.wire.vocabulary import PageState as PageState
from coach.wire.vocabulary import Speaker as Speaker

ResponseStatus = Literal["completed", "cancelled", "incomplete", "failed"]
Source = Literal["voice", "text", "script"]
