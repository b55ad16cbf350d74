"""Roundabout ways to put a correction, and the plain way that each means the same as.

They are read behind `tokens`: small letters, no apostrophes, pauses as words of their own.
"""

import re
from typing import Final

_FOOD: Final = r"(?:\w+ ){0,3}?\w+"
_ATE: Final = (
    r"(?:i )?(?:never|didnt|did not) (?:even |actually )?(?:ate|eat|had|have|touch(?:ed)?)"
)
_WROTE: Final = (
    r"(?:youve |you have |you |it |it has )"
    r"(?:put|wrote|written|logged|noted|heard|typed|have|has|got|says|took)(?: down)?"
)
_SLOT: Final = r"(?:breakfast|brunch|lunch|dinner|supper|snack|tea)"
PLAIN: Final = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        # change what I had for lunch to a wrap
        (
            r"^(?P<lead>(?:\w+ ){0,3}?)(?:change|replace|swap|switch|correct|fix|edit|amend|update)"
            r"(?: out)? what(?:ever)? (?:i|we)(?:ve| have)? (?:had|ate|eaten|drank|drunk|logged)\b"
            r"(?P<when>(?: (?!to\b|with\b|into\b)\w+){0,4}?) "
            rf"(?:to|with|into|for(?! (?:my |the )?{_SLOT}\b)) (?P<new>.+)$",
            r"\g<lead>change everything\g<when> to \g<new>",
        ),
        # breakfast wasn't all: there was an egg with it too
        (
            rf"^(?:my |the )?(?P<meal>{_SLOT}) (?:wasnt|was not) (?:all|everything|it|complete)"
            r"(?: of it)? ?(?:[,.:;-] )*(?:there (?:was|were)|i (?:also )?had) (?:also )?"
            r"(?P<new>.+?)(?: (?:with|on|in|beside) (?:it|that))?(?: too| as well| also)?"
            r"(?: [.!])?$",
            r"add \g<new> for \g<meal>",
        ),
        (
            r"^(?:(?:that|it) (?:wasnt|was not) (?:all|everything|it)(?: of it)? ?(?:[,.:;-] )*)?"
            r"there (?:was|were) (?!no\b|not\b)(?:also )?(?P<new>.+?) "
            r"(?:with|beside|alongside|next to) (?:it|that|them)"
            r"(?: too| as well| also)?(?: [.!])?$",
            r"add \g<new>",
        ),
        # I told you a small tea but it was a large one, they had no other
        (
            rf"^(?:no |but )?i (?:said|told you|wrote|typed|put) {_FOOD} ?(?:, )?but "
            r"(?:it|that|they|those) (?:was|were) (?P<new>(?:an? )?\w+ ones?)\b(?: ?[,.].*)?$",
            r"it was \g<new>",
        ),
        # not today's dinner, …
        (r"^not (?:todays?|yesterdays?|tonights?|last nights?|this)(?: \w+)? , (?=\w)", ""),
        # that apple? never ate it. it was a banana
        (
            rf"^(?:the|that|my) (?P<old>{_FOOD}) [?,.] {_ATE} (?:it|that|them) [.,;] "
            r"(?:(?:but )?(?:it|that) was|i had|i ate|they were) (?P<new>.+)$",
            r"the \g<old> was \g<new>",
        ),
        (
            rf"^(?:the|that|my) (?P<old>{_FOOD}) [?,.] {_ATE} (?:it|that|them)\b.*$",
            r"remove the \g<old>",
        ),
        # breakfast was not at eight, I woke up at ten, so ten
        (
            r"^(?P<what>.+?) (?:was not|wasnt|were not|is not) at (?P<old>[^,]+?) ,? ?(?:.* )?"
            r"(?:so|but|it was|rather|more like) (?:at )?(?P<new>[^,.]+?)(?: [.!])?$",
            r"\g<what> was at \g<new>",
        ),
        # could the rice be put at one cup?
        (
            r"^(?:could|can|would|will|may) (?P<what>(?:the|my|that) .+?) be "
            r"(?:put|set|changed|logged|noted|made|entered)(?: down)? (?:at|to|as|into) "
            r"(?P<new>.+)$",
            r"\g<what> was \g<new>",
        ),
        # raspberries, I said raspberries and you put blueberries
        (
            rf"^(?:no |but )?(?:(?P<first>{_FOOD}) [.,!] )?i (?:said|told you|meant|had) "
            rf"(?P<new>{_FOOD})(?: this morning| earlier| for \w+| at \w+)? ?(?:[,.;] )?"
            r"(?:and |but )?"
            rf"{_WROTE} (?P<old>{_FOOD})(?: [.!?])?$",
            r"\g<new> instead of \g<old>",
        ),
        (
            rf"^(?:no |but )?{_WROTE} (?P<old>{_FOOD}) ?(?:[,.;] )?(?:and |but )?"
            rf"(?:i (?:said|meant|had|ate)|it was) (?P<new>{_FOOD})(?: [.!?])?$",
            r"\g<new> instead of \g<old>",
        ),
        (
            rf"^(?:i think )?(?:it|you) heard (?P<old>{_FOOD}) ?(?:[,.;] )?(?:and |but )?"
            rf"(?:i (?:said|meant|had)|it was) (?P<new>{_FOOD})(?: [.!?])?$",
            r"\g<new> instead of \g<old>",
        ),
        # two tortillas not four, and they were corn
        (
            r"^(?P<count>\w+) (?P<food>\w+) (?:and )?not (?P<old>\w+) ?,? and (?:it|they|that) "
            r"(?:was|were) (?P<how>\w+)(?: ones?)?(?: [.!])?$",
            r"\g<count> \g<how> \g<food> not \g<old>",
        ),
        # you've written the sandwich twice
        (
            r"^(?:youve|you have|you|its|it is|theres|there is|i see|i have|i think you) "
            r"(?:\w+ ){0,2}?(?:the|my|that) (?P<old>.+?) (?:down |in )?"
            r"(?:twice|two times|double)\b.*$",
            r"twice there \g<old>",
        ),
        (
            r"^(?:the|my|that) (?P<old>.+?) (?:is|was|got|stands?|appears?) (?:\w+ ){0,2}"
            r"(?:twice|two times|double)\b.*$",
            r"twice there \g<old>",
        ),
    )
)


def plainly(text: str) -> str:
    """`text` in the plain way that it means the same as."""
    for pattern, plain in PLAIN:
        text = pattern.sub(plain, text)
    return text
