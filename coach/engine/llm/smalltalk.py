"""Greetings, thanks and questions about the speaker itself. Nothing here is about any field."""

import re

_NAME = re.compile(r"\b[Yy]ou are (?!an? |the |not )(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)")

_KIND = r"(an? )?(human|person|real|robot|bot|ai|machine|computer|coach)"
_WHO = re.compile(
    rf"\b(who|what) are you\b|\byour name\b|\bare you {_KIND}"
    rf"|\bam i (talking|speaking) (to|with) {_KIND}"
)
_ABLE = re.compile(
    r"\bwhat (can|do) you (do|help)|\bhow (can|do) you help|\bwhat are you able|\bhelp me please$"
    r"|^help$|\bwhat can i (say|ask|do)|\bhow does this work"
)
_HOW = re.compile(r"\bhow are you\b|\bhow('s| is) it going\b|\bhow do you do\b|\bhow are things\b")
_THANKS = re.compile(r"^(ok(ay)? |great |perfect |lovely |no )*(thanks?|thank you|cheers|ta)\b")
_BYE = re.compile(r"^(ok(ay)? )?(bye|goodbye|good bye|see you|good night|that('s| is) all)\b")
_HELLO = re.compile(
    r"^(hi|hello|hey|good (morning|afternoon|evening)|hiya|howdy)( there| coach| you| again)*$"
)
_THERE = re.compile(r"\b(are you there|can you hear me|is any(one|body) there|hello hello)\b")
_FINE = re.compile(r"^(ok(ay)?|yes|yeah|yep|no|nope|nothing|sure|great|good|fine|alright|cool)$")
_A_MOMENT = r"(a|one|just a) (moment|minute|second|sec|bit)"
_STOP = re.compile(
    r"^((please|no|just|now|thanks|thank you) )*"
    rf"((stop( it| that| there| talking)?|(wait|hold on|hang on)( {_A_MOMENT})?|{_A_MOMENT}"
    r"|(be|keep) quiet|quiet|shush|sh+|hush|silence|(that's )?enough|pause|shut up)"
    rf"( please| now| thanks| thank you| coach| for {_A_MOMENT})* ?)+$"
)
_SORRY = re.compile(r"^(sorry|my mistake|never ?mind|forget it)( about that)?$")


_SHORT = 6  # words of a phrase that is thanks or a farewell and no more


def name_in(instructions: str) -> str | None:
    """The persona's name where the instructions say `You are NAME`."""
    found = _NAME.search(instructions)
    return found["name"] if found else None


def reply(text: str, instructions: str, abilities: str) -> str | None:
    """What to say to small talk; None where it is none. `abilities` is a whole sentence."""
    plain = re.sub(r"[^\w' ]+", " ", text.lower().replace("’", "'"))
    plain = " ".join(plain.split())
    name = name_in(instructions)
    rest = re.sub(r"^((hi|hello|hey|ok|okay|so|um|well)( there| coach)? )+", "", plain)
    if not plain:
        return "I did not hear anything. Are you still there?"
    if _WHO.search(plain):
        me = f"I am {name}, an AI coach" if name else "I am an AI coach"
        return f"{me}, a computer and not a person. I run offline on fixed rules. {abilities}"
    if _ABLE.search(plain):
        return abilities
    if _HOW.search(plain):
        return "I am a computer, so always the same, and ready. How can I help you?"
    if _THERE.search(plain):
        return "Yes, I am here and I can hear you."
    short = len(plain.split()) <= _SHORT
    for pattern, answer in (
        (_STOP, "All right."),  # whoever wants quiet wants no more than that
        (_THANKS, "You are welcome."),
        (_BYE, "Goodbye. Talk to you soon."),
        (_SORRY, "No problem."),
        (_FINE, "All right. What would you like to do next?"),
    ):
        if short and pattern.search(rest):
            return answer
    if _HELLO.search(plain):
        me = f"Hello, I am {name}, your AI coach." if name else "Hello, I am your AI coach."
        return f"{me} {abilities}"
    return None
