"""What of a lesson's report can be kept for review: natural ways, and words of the scene."""

from dataclasses import dataclass

from coach.lessons.models import Attempt
from coach.lessons.report import Report
from coach.lessons.review.actions import Keepsake
from coach.lessons.review.models import TEXT_MAX_CHARS, ReviewItem
from coach.lessons.scenario import Scenario
from coach.lessons.understanding.text import even, phrase_used
from coach.lessons.word_levels import word_level

TURNS_READ = 200  # of a talk, for the words that were in it
# What may hang on a word of the lesson in a line: of its plural, or Korean particles.
ENDINGS = {
    "en": ("s", "es"),
    "es": ("s", "es"),
    "fr": ("s", "x"),
    "de": ("n", "en", "e"),
    "ko": ("를", "을", "는", "은", "가", "이", "도", "에", "로", "으로", "요", "이요", "예요"),
}
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
    words = [_word(scenario, word, language) for word in _words_said(attempt)]
    found += [one for one in words if one[0].front]
    kept = _kept(attempt, [keepsake.back for keepsake, _, _ in found])
    made = [
        Offer(keepsake, meaning, translation, keepsake.back in kept)
        for keepsake, meaning, translation in found
        if max(map(len, (keepsake.front, keepsake.back, keepsake.note))) <= TEXT_MAX_CHARS
    ]
    return list({offer.keepsake.back: offer for offer in made}.values())  # each once


def look_up(attempt: Attempt, token: str, line: str, language: str) -> Offer:
    """A word of the partner's line, as the lesson explains it; with no front: it does not.

    Where it is part of several words that the lesson explains («apple juice»), it is these.
    """
    scenario, said = attempt.scenario, even(token)
    forms = {said, *(said.removesuffix(end) for end in ENDINGS.get(scenario.language, ()))}
    around = [
        word
        for word in scenario.words
        if even(word) in forms or (said in even(word).split() and phrase_used(line, word))
    ]
    word = max(around, key=len, default=token)
    keepsake, meaning, translation = _word(scenario, word, language)
    return Offer(keepsake, meaning, translation, word in _kept(attempt, [word]))


def _word(scenario: Scenario, word: str, language: str) -> tuple[Keepsake, str, str]:
    """What is kept of a word, its meaning and its translation. No front: there is neither."""
    glossed = scenario.words.get(word, {})
    meaning, translation = glossed.get("means", ""), glossed.get(language, "")
    note = meaning if translation else ""
    front = translation or meaning
    keepsake = Keepsake(Kind.WORD, scenario.language, front, word, note, scenario.slug)
    return keepsake, meaning, translation


def _natural(attempt: Attempt, said: str, better: str, why: str = "") -> Keepsake:
    return Keepsake(Kind.MISTAKE, attempt.scenario.language, said, better, why, attempt.slug)


def _words_said(attempt: Attempt) -> list[str]:
    """The lesson's words that somebody said in the scene."""
    turns = attempt.session.turns.order_by("seq").values_list("text", flat=True)[:TURNS_READ]
    said = "\n".join(turns)
    return [word for word in attempt.scenario.words if phrase_used(said, word)]


def _kept(attempt: Attempt, backs: list[str]) -> set[str]:
    own = ReviewItem.objects.for_member(attempt.member).filter(
        language=attempt.scenario.language, back__in=backs
    )
    return set(own.values_list("back", flat=True))
