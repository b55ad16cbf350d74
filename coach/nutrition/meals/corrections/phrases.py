"""How people word a change of a meal."""

import re
from typing import Final

LEAD: Final = re.compile(
    r"^(?:(?:no|oh|um|uh|sorry|actually|wait|please|ok|okay|hey|hmm|well|yes|yeah|and|so|but|"
    r"hang on|hold on|i think|i meant|i mean|my mistake|correction|can you|could you|would you|"
    r"can we|lets|let me|you can|you could|you may|"
    r"i want to|i would like to|id like to|i need to|coach) )+"
)
# Said behind a correction as well: "two days ago, I mean".
SAID_LAST: Final = re.compile(
    r"(?:,? (?:please|thanks|thank you|i meant?|sorry|my mistake|my bad"
    r"|(?:would|will|could|can) you))+$"
)
# What is named takes the place of something, wherever these stand: "beef, sorry".
CORRECTS: Final = re.compile(r"\b(?:sorry|i mean|i meant|my mistake|my bad|oops)\b", re.IGNORECASE)
ADDS: Final = re.compile(r"\b(?:and|also|plus|with|forgot|as well|too)\b", re.IGNORECASE)
PRONOUN: Final = (
    r"(?:that|it|this|them|those|these|everything|all(?: of (?:it|that|them))?|the (?:whole )?"
    r"(?:meal|thing|lot)|both)"
)
ALL: Final = re.compile(
    r"^(?:everything|all(?: of (?:it|that|them))?|the whole (?:meal|thing|lot)|the meal|the lot|"
    r"(?:that|this|the whole|my) (?:meal|breakfast|lunch|dinner|snack|entry))$"
)
SHARES: Final = {
    "half": 0.5, "a half": 0.5, "one half": 0.5, "a quarter": 0.25, "quarter": 0.25,
    "one quarter": 0.25, "a third": 1 / 3, "one third": 1 / 3, "two thirds": 2 / 3,
    "three quarters": 0.75, "double": 2.0, "twice": 2.0, "triple": 3.0, "1/2": 0.5, "1/3": 1 / 3,
    "1/4": 0.25, "3/4": 0.75, "most": 0.8, "2/3": 2 / 3,
}  # fmt: skip
SHARE: Final = re.compile(
    r"^(?:i |we )?(?:only |just )?(?:really )?(?:had|have|ate|drank|finished|make (?:it|that)|make|"
    r"it was|that was|change (?:it|that) to|cut)?(?: only| just| about| like)*\s*"
    r"\b(" + "|".join(sorted(SHARES, key=len, reverse=True)) + r")\b"
    r"(?: as much| as many| of| the| that| amount| portion| size| in)*(?: (.*))?$"
)
# "black, no sugar"
_NONE: Final = (
    r"(?:(?:black|plain|dry|neat|straight|just) )*(?:(?:there was |there were |with )?no|without)"
)
DENIES: Final = re.compile(rf"^{_NONE}\b")
REMOVE: Final = re.compile(
    r"^(?:delete|remove|take (?:off|out|away)|take|drop|scrap|scratch|ditch|cancel|erase|"
    r"wipe|bin|chuck(?: out)?|"
    r"get rid of|"
    r"forget(?: about)?|leave(?: off| out)?|skip|omit|lose|strike|clear|undo|"
    r"(?:i )?(?:didnt|did not|never) (?:actually )?(?:have|eat|drink|had|finish)|"
    r"i (?:dont|do not|never) (?:take|use|have|want|put)|"
    rf"{_NONE}|not)"
    r" (.+?)"
    r"(?: (?:off|out|away|please|(?:from|in|on|with|into) (?:it|that|them|there|mine|my .*|the .*)"
    r"|again|at all|after all|in the end|though|either))*$"
)
CONTENTS: Final = re.compile(
    r"\b(?:no|without|any)\b.* (?:in|on|with) (?:it|that|there|them|mine)\b"
)
# What parts several things to be taken out.
PARTS: Final = re.compile(r" (?:and|or|nor)(?: (?:no|without|the|any))? | (?:no|without) |, ?")
CERTAINTY: Final = re.compile(r"\b(?:actually|really|sorry|though|please|to be honest|i think)\b ?")
# "I left half the rice": the other half was eaten.
LEFT: Final = re.compile(
    r"^(?:i |we )?(?:left|didnt (?:eat|finish|have)|did not (?:eat|finish|have)|couldnt finish|"
    r"threw away|skipped) (?:about )?\b(" + "|".join(sorted(SHARES, key=len, reverse=True)) + r")\b"
    r"(?: of)?(?: (.*))?$"
)
ONLY: Final = re.compile(r"^(?:it was |i had |i ate )?(?:just|only) (?:the|my) (.+)$")
AND: Final = re.compile(r" and (?:the |my )?")
DESCRIBED: Final = re.compile(r"^(?:the |my )?(?P<what>.+?) (?:was|were|is|are) (?P<how>.+)$")
ONLY_UNITS: Final = re.compile(r"^(?:in |it was )?(\w+) (?:and )?(?:not|instead of) (?:in )?(\w+)$")
NOT_THIS: Final = re.compile(r"^(?:no |sorry |oh )*not ([^,]+?) ?, ?(?:but |it was )?([^,]+)$")
# "no syrup, jam": the one took the place of the other.
NO_BUT: Final = re.compile(
    r"^(?:wait )?no (?!no\b)([^,]+?)(?: ?, ?+(?:but |just |only |it was )?+| but (?:just |only )?)"
    r"(?!no\b|and\b|or\b|not\b|i\b|it\b|please|thanks|thank|sorry)([^,]+)$"
)
# "and no butter": what leads up to a denial.
BEFORE_NO: Final = re.compile(r"^(?:(?:and|but|oh|so|also|well|actually),? )+(?=(?:no|without) )")
# Two foods or amounts, and which of the groups is the old one.
TWO_PARTS: Final = tuple(
    (re.compile(pattern), old)
    for pattern, old in (
        (
            r"^(?:swap|replace|switch|exchange|substitute)(?: out)? (.+?) (?:for|with|by|to) (.+)$",
            1,
        ),
        (r"^(?:change|correct|edit|update|turn|set|adjust) (.+?) (?:to|into|as) (.+)$", 1),
        (r"^(.+?) (?:instead of|rather than|in place of) (.+)$", 2),
        (r"^(?:it|that) (?:wasnt|was not) (.+?) so much as (.+)$", 1),
        (r"^(?:it was |that was )?more (?:of|like) (.+?) than (.+)$", 2),
        (
            r"^(?:it|that|they|those|mine|(?:the|my)(?: \w+){0,2}) "
            r"(?:wasnt|was not|werent|were not|isnt) (.+?),? "
            r"(?:it was|but|they were|rather|that was) (.+)$",
            1,
        ),
        (
            r"^(?:it was |i had |that was |there were |they were |make it |make that )?"
            r"(?:actually )?(.+?),? (?:and )?not (.+)$",
            2,
        ),
    )
)
# "the sandwich was with turkey, not with chicken"
OF_DISH: Final = re.compile(
    r"^(?:the|my|that) .+? (?:(?:was|were|is|came|had) (?=(?:made )?with )|had (?=.* in it$))"
)
FROM_DISH: Final = re.compile(r" (?:from|in|on) (?:it|the|my|that)\b.*$")
PORTION_OF: Final = re.compile(
    r"^(?:portion|amount|bowl|plate|piece|serving|helping|glass|cup|bit)s? of (?:the )?"
    r"| (?:portion|amount|serving)$"
)
WITHOUT: Final = re.compile(r"^(?:without|with no|made without|no) (.+)$")
WITH: Final = re.compile(r"^(?:made )?with (.+)$")
# Said behind a correction, and no part of it: "two apples, I'm afraid I took another".
BESIDES: Final = re.compile(
    r"(?:[,.;!?] (?:but |and )?(?:im afraid"
    r"|i(?:m| am| was| took| gave| think| guess| reckon| know|d say)"
    r"|to be (?:honest|fair)|because|since|cause|as i|if i(?:m| am)|if you(?:d| would)) .*"
    r"| (?:if im|if i am|to be) (?:truthful|honest|fair|precise))$"
)
# "could you scale it down": what is asked for, behind how it was.
SCALE_IT: Final = re.compile(
    r" ?,? (?:so )?(?:can|could|would|will) you (?:please )?"
    r"(?:scale|reduce|change|fix|correct|adjust|cut|bring|make) (?:it|that)\b.*$"
)
# "one sugar in it, one and a half": the amount is said again, and better.
SAID_AGAIN: Final = re.compile(
    r"^(?:a|an|one|two|three|four|five|six|\d+) (?P<what>[a-z ]+?) ?, ?"
    r"(?P<amount>(?:\d+|one|two|three|four|five|six|seven|eight|half)"
    r"(?: and an? (?:half|quarter))?)$"
)
# "wholemeal bread, the sandwich", "vegan, the sandwich I mean"
SUBJECT_LAST: Final = re.compile(
    r"^(?:(?:it|that|mine) (?:was|were) )?(?P<how>[a-z0-9 ]+?) ?, ?"
    r"(?P<what>(?:the|my|that) [a-z ]+?)(?: i mean)?(?: ?, .*)?$"
)
ADD: Final = re.compile(
    r"^(?:add|also|plus|include|put(?: in| down)?|log|with|i (?:also|then) (?:had|ate|drank|add)|"
    r"i forgot(?: to (?:add|mention|say|log))?|forgot|there was also|oh and|throw in|and) (.+?)"
    r"(?: too| as well| also| to (?:it|that|my .*|the .*))*$"
)
WAS: Final = re.compile(
    r"^(?:it|that|this|they|those|the \w+|my \w+) (?:was|were|is|are|should be|should have been|"
    r"should (?:read|say)|must have been) "
)
CUE: Final = re.compile(r"\b(?:actually|make (?:that|it)|should be|meant|mean|was|were|change)\b")
# "no wait, make that cashews" says what it was; "no toast" says what it was not.
STATES: Final = re.compile(r"\b(?:wait|make|was|were|meant|mean|actually|sorry)\b")
AS_WELL: Final = re.compile(r"\b(?:as well|too|also)\b")
MORE: Final = re.compile(r"\b(?:more|less|fewer|bigger|smaller)\b(?! than| like)")
# "no, an apple" and "no the brown one" say what it was, also where a recogniser wrote no comma.
ARTICLE: Final = re.compile(r"^(?:a|an|the|it|i|that|they|this|those|was|just|only|more|less)\b")
