"""Reviewed safety content as it is seeded: numbers by country, and the words of the coach.

The console owns the rows afterwards. `checked_on` stays empty until a person has called or looked
up an entry, and the desk's health says so.
"""

from pathlib import Path

RESOURCES = Path(__file__).parent / "data" / "crisis_resources.txt"
NAMES = ("country", "topic", "name", "number", "sms", "url", "hours", "languages", "spoken")


def resources() -> list[dict[str, str | list[str]]]:
    """The seeded ways to reach help, as field values of `CrisisResource`."""
    rows: list[dict[str, str | list[str]]] = []
    for line in RESOURCES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            values = dict(zip(NAMES, line.split("|"), strict=True))
            rows.append({**values, "languages": values["languages"].split()})
    return rows


REPLIES = Path(__file__).parent / "data" / "replies.txt"


def replies() -> list[dict[str, str | int]]:
    """The seeded sentences for experts, as field values of `CannedReply`."""
    lines = REPLIES.read_text(encoding="utf-8").splitlines()
    parts = [line.split("|") for line in lines if line and not line.startswith("#")]
    keys = list(dict.fromkeys(key for key, *_rest in parts))
    return [
        {"key": key, "language": language, "title": title, "text": text, "order": keys.index(key)}
        for key, language, title, text in parts
    ]


HERE = "I am an AI coach, so I am calling a person to join us now, and I stay here with you."
# code, moment, text
SCRIPTS: list[tuple[str, str, str]] = [
    (
        "SI",
        "first",
        f"I'm glad you told me, {{name}}. {HERE} {{numbers}} Are you safe right now? "
        "If something near you could hurt you, please move away from it, and be with someone you "
        "trust if you can.",
    ),
    (
        "SI-1",
        "first",
        "Thank you for telling me, {name}. That sounds very heavy. I am an AI coach, "
        "so I am asking a person to join us. {numbers} Are you thinking about ending your life?",
    ),
    (
        "SH",
        "first",
        "Thank you for telling me, {name}. You don't have to hide this here. I am an "
        "AI coach, so I am asking a person to join us. {numbers} If you are hurt now, please care "
        "for the wound first, and get medical help if it is deep or keeps bleeding.",
    ),
    (
        "ED-E",
        "first",
        "{name}, what you describe needs a doctor now. {numbers} Please do not stay "
        f"alone. {HERE}",
    ),
    (
        "ED",
        "first",
        "Thank you for trusting me with that, {name}. It takes courage. I am leaving "
        "food numbers aside now, and I am asking one of our dietitians to join us. {numbers}",
    ),
    (
        "MED-E",
        "first",
        "{name}, this could be an emergency. {numbers} Please do that first, and if "
        f"somebody is near, tell them. {HERE}",
    ),
    (
        "MED",
        "first",
        "{name}, that should be looked at by a doctor today. I can't judge it as a "
        "coach, and please don't change a medicine because of me. {numbers} I am asking a person "
        "on our team to join us.",
    ),
    (
        "SUP",
        "first",
        "{name}, please stop taking that for now. {numbers} I am asking a person on "
        "our team to join us.",
    ),
    (
        "SUB",
        "first",
        "{name}, stopping suddenly can be dangerous, so please get medical advice "
        "today. {numbers} I am asking a person on our team to join us.",
    ),
    (
        "ABU",
        "first",
        "I believe you, {name}, and it is not your fault. {numbers} I am asking a "
        "person on our team to join us. Are you somewhere safe right now?",
    ),
    (
        "VIO",
        "first",
        f"I hear how strong this is, {{name}}. {HERE} {{numbers}} Please step away "
        "from the situation for now.",
    ),
    (
        "PSY",
        "first",
        "Thank you for telling me, {name}. That sounds frightening. I am asking a "
        "person to join us. {numbers} Is somebody you trust near you?",
    ),
    (
        "OTH",
        "first",
        "Thank you for telling me, {name}. If their life may be in danger, please call for help "
        "now. {numbers} I am an AI coach, so I am asking a person on our team to join us. Can "
        "somebody be with them?",
    ),
    ("", "first", f"Thank you for telling me, {{name}}. {HERE} {{numbers}}"),
    (
        "",
        "stay",
        "I'm still here. A person is being called. The numbers on your screen are "
        "answered right now, and you can tap one to call.",
    ),
    (
        "",
        "stay",
        "I'm with you. You don't have to explain anything to me. If things get worse, "
        "please use the emergency number on your screen.",
    ),
    (
        "",
        "stay",
        "I hear you. Somebody from our team is on the way into this talk. Is there a "
        "person near you who could be with you meanwhile?",
    ),
    (
        "",
        "lost",
        "The connection to my colleague was lost. I'm still here, and I am calling "
        "somebody again right now. The numbers on your screen are answered all the time.",
    ),
]
