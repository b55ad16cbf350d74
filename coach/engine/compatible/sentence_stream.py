"""An answer's text as it streams: what is meant to be spoken, cut into sentences."""

import re

from coach.engine import limits
from coach.engine.tts.markup import plain
from coach.engine.tts.segmentation import cut, sentences

_HIDDEN = ("think", "thinking", "thought", "reasoning", "tool_call")
_OPEN = re.compile(f"<(?P<name>{'|'.join(_HIDDEN)})>")
_STRAY = re.compile(f"</(?:{'|'.join(_HIDDEN)})>")
_TAGS = [f"{start}{name}>" for name in _HIDDEN for start in ("<", "</")]
_MARKS = re.compile(r"\*{2,}|_{2,}|`+")


class SentenceStream:
    """Feed it text; it gives sentences that are whole, the first one as early as it can.

    Models' thoughts within `<think>` are dropped. Calls written as `<tool_call>`, by servers that
    leave them in the text, are kept in `calls`.
    """

    def __init__(self, spoken: bool) -> None:
        """`spoken`: without Markdown, and the first clause may come alone."""
        self.calls: list[str] = []
        self._spoken = spoken
        self._raw = ""
        self._within = ""
        self._text = ""
        self._begun = False
        self._line = ""

    def feed(self, text: str) -> list[str]:
        """More text; the sentences that are whole now."""
        self._raw += text
        while self._step():
            pass
        whole = sentences(self._text)[:-1]
        if not whole and self._spoken and not self._begun:
            whole = cut(self._text)[:-1][:1]
        if not whole and len(self._text) > limits.ENDPOINT_UNCUT_CHARS:
            whole = cut(self._text)[:-1]
        self._text = self._text[sum(len(one) for one in whole) :]
        return self._said(whole)

    def end(self) -> list[str]:
        """What is left. A thought that never ended is dropped."""
        if not self._within:
            self._text += self._raw
        rest, self._raw, self._text = self._text, "", ""
        return self._said(sentences(rest)) if rest else []

    def _step(self) -> bool:
        """Moves what is decided from the raw text to the text; False where there is no more."""
        if self._within:
            inner, closed, rest = self._raw.partition(f"</{self._within}>")
            if closed and self._within == "tool_call":
                self.calls.append(inner)
            if closed:
                self._within, self._raw = "", rest
            elif self._within != "tool_call":
                self._raw = self._raw[-len(f"</{self._within}>") :]
            return bool(closed)
        opened = _OPEN.search(self._raw)
        stray = _STRAY.search(self._raw)
        if stray and (opened is None or stray.start() < opened.start()):
            # Templates may open the thought themselves: what came before was part of it.
            self._text, self._raw = "", self._raw[stray.end() :]
            return True
        if opened:
            self._text += self._raw[: opened.start()]
            self._within, self._raw = opened["name"], self._raw[opened.end() :]
            return True
        held = _tag_begun(self._raw)
        self._text += self._raw[: len(self._raw) - held]
        self._raw = self._raw[len(self._raw) - held :]
        return False

    def _said(self, pieces: list[str]) -> list[str]:
        said = [self._plain(one) if self._spoken else self._lined(one) for one in pieces]
        said = [one for one in said if any(letter.isalnum() for letter in one)]
        self._begun = self._begun or bool(said)
        return said

    def _plain(self, piece: str) -> str:
        return _MARKS.sub("", plain(piece)).strip()

    def _lined(self, piece: str) -> str:
        """The piece with the line's end that stood before it."""
        before, self._line = self._line, "\n" if "\n" in piece[len(piece.rstrip()) :] else ""
        return before + piece.strip()


def _tag_begun(text: str) -> int:
    """How many letters at the end may be the beginning of a tag."""
    start = text.rfind("<")
    tail = text[start:] if start >= 0 else ""
    return len(tail) if tail and any(tag.startswith(tail) for tag in _TAGS) else 0
