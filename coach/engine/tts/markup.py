"""Markdown, emoji and typographic signs taken off a text."""

import re

_FENCE = re.compile(r"^\s*```.*$", re.MULTILINE)
_RULE = re.compile(r"^\s*(?:[-*_=|:][ \t]*){3,}$", re.MULTILINE)
_IMAGE_OR_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^>\s]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_HEAD = re.compile(r"^\s*(?:#{1,6}\s+|>\s?)+", re.MULTILINE)
_BULLET = re.compile(
    r"^\s*(?:[-*+•–]\s+|\d{1,2}[.)]\s+)(?:\[[ xX]\]\s+)?(?P<item>.*?)\s*$", re.MULTILINE
)
_STRONG = re.compile(r"(\*{1,3}|_{2,3}|~~|`+)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)")
_KEYCAP = re.compile("([0-9#*])\ufe0f?\u20e3")
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\U00002600-\U000027bf\U00002b00-\U00002bff\U0000fe00-\U0000fe0f"
    "\U0001f1e6-\U0001f1ff\U000e0020-\U000e007f\u200d\u2300-\u23ff\u3030\u303d]+"
)
_SIGNS = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "‐": "-",
        "‑": "-",
        "−": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u200b": "",
        "\ufeff": "",
        "\u00ad": "",
        "\u200e": "",
        "\u200f": "",
    }
)


def plain(text: str) -> str:
    """The text without Markdown, HTML tags and emoji, with plain quotes, hyphens and spaces.

    A list item or a line that ends without a stop gets one, so that it sounds like an item.
    """
    text = text.translate(_SIGNS)
    text = _KEYCAP.sub(r"\1 ", text)
    text = _EMOJI.sub(" ", text)
    text = _FENCE.sub("", text)
    text = _RULE.sub("", text)
    text = _IMAGE_OR_LINK.sub(r"\1", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _TAG.sub(" ", text)
    text = _HEAD.sub("", text)
    text = _BULLET.sub(lambda match: _stopped(match["item"]), text)
    for _ in range(3):
        text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\1", text)
    lines = [line.strip() for line in text.splitlines()]
    return " ".join(_stopped(line) if len(lines) > 1 else line for line in lines if line)


def _stopped(line: str) -> str:
    return line if not line or line[-1] in ".!?:;,…\"')" else f"{line}."
