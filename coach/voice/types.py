"""The types that events and effects share."""

from typing import Literal

from coach.wire.vocabulary import Floor as Floor
from coach.wire.vocabulary import PageState as PageState
from coach.wire.vocabulary import Speaker as Speaker

ResponseStatus = Literal["completed", "cancelled", "incomplete", "failed"]
Source = Literal["voice", "text", "script"]
