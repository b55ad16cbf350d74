"""How much a response may say, and how much of that it has said."""

import sys
from dataclasses import dataclass
from typing import Literal

from coach.engine import limits


@dataclass
class OutputBudget:
    """The tokens of one response. Its message, its calls and its usage count by the same."""

    max_tokens: int | Literal["inf"]
    text_tokens: int = 0
    spoken_ms: int = 0
    full: bool = False  # something was left out for want of tokens

    def room(self) -> int:
        """Tokens that may still be written or spoken."""
        if self.max_tokens == "inf":
            return sys.maxsize
        return self.max_tokens - self.text_tokens - self.audio_tokens()

    def audio_tokens(self) -> int:
        """Tokens that were spoken; a begun one counts."""
        return -(-self.spoken_ms // limits.AUDIO_OUT_TOKEN_MS)
