"""What of a lesson's report can be kept for review: natural ways, and words of the scene."""

from dataclasses import dataclass

from coach.lessons.models import Attempt
from coach.lessons.report import Report
from coach.lessons.review.actions import Keepsake
from coach.lessons.review.models import TEXT_MAX_CHARS, ReviewItem
from coach.lessons.understanding.text import phrase_used
from coach.lessons.word_levels import word_level

TURNS_READ = 200  # of a talk, for the words that were in it
Kind = ReviewItem.Kind


@dataclass(frozen=True)
class Offer:
    """Something to keep, named by its `back`. `kept`: it is in review already."""

    keepsake: Keepsake
    meaning: str  # of a word, in easy words of its language
    translation: str
    kept: bool

    @property
    def level(self) -> str | None:
        """CEFR, of an English word."""
        return word_level(self.keepsake.back, self.keepsake.language) if self.is_word else None

    @property
    def is_word(self) -> bool:
        return self.keepsake.kind == Kind.WORD


def offers(attempt: Attempt, report: Report, language: str) -> list[Offer]:
    """All that can be kept of this attempt, for who reads `language`."""
    scenario = attempt.scenario
    found = [(_natural(attempt, row.quote, row.natural), "", "") for row in report.natural]
    found += [
        (_natural(attempt, slip.said, slip.better, slip.why), "", "") for slip in report.corrections
    ]
    for word, glossed in _words_said(attempt).items():
        meaning, translation = glossed.get("means", ""), glossed.get(language, "")
        if front := translation or meaning:
            note = meaning if translation else ""
            keepsake = Keepsake(Kind.WORD, scenario.language, front, word, note, scenario.slug)
            found.append((keepsake, meaning, translation))
    kept = _kept(attempt, [keepsake.back for keepsake, _, _ in found])
    made = [
        Offer(keepsake, meaning, translation, keepsake.back in kept)
        for keepsake, meaning, translation in found
        if max(map(len, (keepsake.front, keepsake.back, keepsake.note))) <= TEXT_MAX_CHARS
    ]
    return list({offer.keepsake.back: offer for offer in made}.values())  # each once


def _natural(attempt: Attempt, said: str, better: str, why: str = "") -> Keepsake:
    return Keepsake(Kind.MISTAKE, attempt.scenario.language, said, better, why, attempt.slug)


def _words_said(attempt: Attempt) -> dict[str, dict[str, str]]:
    """The lesson's words that somebody said in the scene."""
    turns = attempt.session.turns.order_by("seq").values_list("text", flat=True)[:TURNS_READ]
    said = "\n".join(turns)
    words = attempt.scenario.words
    return {word: of for word, of in words.items() if phrase_used(said, word)}


def _kept(attempt: Attempt, backs: list[str]) -> set[str]:
    own = ReviewItem.objects.for_member(attempt.member).filter(
        language=attempt.scenario.language, back__in=backs
    )
    return set(own.values_list("back", flat=True))
