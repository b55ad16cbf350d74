"""What may stand before an English clause and says nothing of it: «hello, sorry, but …»."""

from typing import Final

START: Final = (
    r"^(?:(?:and|but|so|ok|okay|well|um|uh|er|oh|hey|hi|hello|yes|yeah|please|then|now|"
    r"sorry|excuse"
    r"|me|alright|right|great|thanks|thank|you|good|morning|afternoon|evening) )*"
)
