"""Whose words leave the interpreter, where two sessions hear one microphone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.interpreter import limits
from coach.interpreter.direction import (
    Director,
    Finish,
    Heard,
    Lost,
    Play,
    Show,
    Sounded,
    Steer,
    Tick,
    Translated,
    Whole,
)
from coach.interpreter.identify import Identifier

LOUD = b"\x00\x20" * 480
KOREAN = Identifier("en", "ko")


class Scene:
    """A director, and the time."""

    def __init__(self, identify=KOREAN, **options):
        self.director = Director(identify, **options)
        self.now = 0.0
        self.effects = []

    def do(self, *inputs, after=0.1):
        for given_input in inputs:
            self.now += after
            self.effects += self.director.handle(given_input, self.now)
        return self

    def quiet(self, seconds=4.0):
        for _ in range(int(seconds / 0.25)):
            self.do(Tick(), after=0.25)
        return self

    def played(self, side):
        return sum(len(e.pcm) for e in self.effects if isinstance(e, Play) and e.line.side == side)

    def lines(self):
        whole = [effect.line for effect in self.effects if isinstance(effect, Whole)]
        return [(line.side, line.original.strip(), line.translation.strip()) for line in whole]


def both_hear(text):
    return Heard("a", text), Heard("b", text)


def test_what_one_says_is_played_for_the_other_and_not_repeated_to_themself():
    scene = Scene().do(*both_hear("Where does it hurt?"))
    scene.do(Translated("a", "어디가 아프세요?"), Sounded("a", LOUD))
    scene.do(Translated("b", "Where does it hurt?"), Sounded("b", LOUD)).quiet()
    assert scene.lines() == [("a", "Where does it hurt?", "어디가 아프세요?")]
    assert (scene.played("a"), scene.played("b")) == (len(LOUD), 0)


def test_translation_that_comes_before_it_is_known_who_speaks_is_held_and_then_played():
    scene = Scene().do(*both_hear("…"), Sounded("a", LOUD), Sounded("b", LOUD))
    assert scene.effects == []
    scene.do(*both_hear("네, 여기요."))
    assert (scene.played("a"), scene.played("b")) == (0, len(LOUD))


def test_a_translation_goes_on_while_the_other_has_begun_to_speak():
    scene = Scene().do(*both_hear("I will come back on Monday."), Sounded("a", LOUD))
    scene.do(Sounded("a", LOUD), after=0.4).do(*both_hear("네?"))
    scene.do(Sounded("a", LOUD), Sounded("a", LOUD))
    assert scene.played("a") == 4 * len(LOUD)
    assert [e.line.side for e in scene.effects if isinstance(e, Show)][-1] == "b"


def test_but_not_for_ever_and_nothing_new_begins():
    scene = Scene().do(*both_hear("I will come back on Monday."), Sounded("a", LOUD))
    scene.do(*both_hear("네, 좋아요."), after=0.7)
    for _ in range(int(limits.TAIL_S / 0.2) + 5):
        scene.do(Sounded("a", LOUD), *both_hear(" 좋아요."), after=0.1)
    assert scene.played("a") < (limits.TAIL_S / 0.3 + 3) * len(LOUD)
    before = scene.played("a")
    scene.do(Sounded("a", LOUD), after=2.0)
    assert scene.played("a") == before


def test_a_quick_answer_in_the_other_language_is_the_other_persons():
    scene = Scene().do(*both_hear("Are you well?"), Translated("a", "잘 지내세요?"))
    scene.do(*both_hear("네, 그럼요."), after=0.7).do(Translated("b", "Yes, of course.")).quiet()
    assert sorted(scene.lines()) == [
        ("a", "Are you well?", "잘 지내세요?"),
        ("b", "네, 그럼요.", "Yes, of course."),
    ]


def test_a_session_that_goes_on_with_what_the_other_has_just_said_is_cut_off():
    scene = Scene().do(*both_hear("Are you well?"), Translated("a", "잘 지내세요?"), after=0.05)
    scene.do(
        *both_hear("네, 그럼요."), Translated("a", "네, 그럼요."), Sounded("a", LOUD), after=0.05
    )
    scene.do(Translated("b", "Yes, of course."), Sounded("b", LOUD)).quiet()
    assert sorted(scene.lines()) == [
        ("a", "Are you well?", "잘 지내세요?"),
        ("b", "네, 그럼요.", "Yes, of course."),
    ]
    assert (scene.played("a"), scene.played("b")) == (0, len(LOUD))


def test_an_answer_that_does_not_wait_is_the_other_persons_too():
    scene = Scene().do(*both_hear("Are you well?"), *both_hear("네, 그럼요.")).quiet()
    assert scene.lines() == [("a", "Are you well?", ""), ("b", "네, 그럼요.", "")]


def test_a_name_in_the_middle_of_a_sentence_is_nobodys_answer():
    scene = Scene().do(*both_hear("My name is "), *both_hear("김민준 "), *both_hear("and yours?"))
    assert scene.quiet().lines() == [("a", "My name is 김민준 and yours?", "")]


def test_what_the_loudspeaker_says_is_nobodys_words():
    scene = Scene().do(*both_hear("Please take a seat over there."))
    scene.do(Translated("a", "저쪽에 앉아 주시겠어요, 부탁드립니다."), Sounded("a", LOUD))
    scene.do(*both_hear("저쪽에 앉아 주시겠어요"), after=0.8)
    scene.do(Translated("b", "Would you sit over there"), Sounded("b", LOUD)).quiet()
    assert [line[0] for line in scene.lines()] == ["a"]
    assert scene.played("b") == 0


def test_who_cannot_be_told_apart_is_whoever_spoke_last():
    scene = Scene(lambda text: "b" if "네" in text else None).do(*both_hear("네"))
    scene.do(*both_hear("512"), after=1.0)
    assert scene.effects[-1].line.original == "네", "it is waited a while"
    assert scene.quiet(8).lines() == [("b", "네512", "")]


def test_a_locked_direction_shows_its_own_person_whatever_the_language():
    scene = Scene().do(Steer(lock="b"))
    assert (scene.director.is_open("a"), scene.director.is_open("b")) == (False, True)
    scene.do(Heard("b", "OK, thank you"), Translated("b", "OK, thank you"), Heard("a", "OK"))
    assert scene.quiet().lines() == [("b", "OK, thank you", "OK, thank you")]


def test_by_button_nobody_is_heard_until_they_hold_theirs():
    scene = Scene().do(Steer(by_button=True))
    assert not scene.director.is_open("a")
    scene.do(Steer(by_button=True, held="a"))
    assert (scene.director.is_open("a"), scene.director.is_open("b")) == (True, False)
    scene.do(Heard("a", "One moment"), Steer(by_button=True, held="b"))
    assert (scene.director.is_open("a"), scene.director.is_open("b")) == (False, True)
    scene.do(Translated("a", "잠시만요"), Heard("b", "네"), Translated("b", "Yes")).quiet()
    assert sorted(scene.lines()) == [("a", "One moment", "잠시만요"), ("b", "네", "Yes")]


def test_silence_that_a_server_sends_begins_nothing_and_ends_nothing():
    scene = Scene().do(*both_hear("Hello there"), Translated("a", "안녕하세요"))
    for _ in range(40):
        scene.do(Sounded("a", bytes(960)), Sounded("b", bytes(960)), Tick(), after=0.1)
    assert scene.lines() == [("a", "Hello there", "안녕하세요")]
    assert scene.played("a") < 10 * 960


def test_a_session_that_is_lost_ends_its_line():
    scene = Scene().do(*both_hear("Hello there"), Lost("a"))
    assert scene.lines() == [("a", "Hello there", "")]


def test_a_long_speech_is_several_lines():
    scene = Scene(sides=("a",))
    for _ in range(200):
        scene.do(Heard("a", " word after word"), Translated("a", " 단어"))
    scene.do(Finish())
    lengths = [len(line[1]) for line in scene.lines()]
    assert len(lengths) > 3
    assert max(lengths) <= limits.LINE_MAX_CHARS + 20


TEXTS = st.sampled_from(["Where is it? ", "어디예요? ", "…", "12 ", " and ", "네 ", "No, thanks. "])
SIDES = st.sampled_from(["a", "b"])
INPUTS = st.one_of(
    st.builds(Heard, SIDES, TEXTS),
    st.builds(Translated, SIDES, TEXTS),
    st.builds(Sounded, SIDES, st.sampled_from([LOUD, bytes(960)])),
    st.builds(Steer, st.none() | SIDES, st.booleans(), st.none() | SIDES),
    st.builds(Lost, SIDES),
    st.just(Tick()),
)
COURSES = st.lists(st.tuples(INPUTS, st.sampled_from([0.05, 0.3, 0.9, 3.0])), max_size=60)


@settings(max_examples=40)
@given(COURSES)
def test_every_line_is_shown_once_whole_and_grows_only(course):
    scene, texts, whole = Scene(), {}, set()
    for given_input, after in [*course, (Finish(), 0.1)]:
        before = len(scene.effects)
        scene.do(given_input, after=after)
        for effect in scene.effects[before:]:
            line = effect.line
            assert line.number not in whole, "nothing is added to a line that is whole"
            old = texts.get(line.number, ("", ""))
            assert line.original.startswith(old[0])
            assert line.translation.startswith(old[1])
            texts[line.number] = (line.original, line.translation)
            if isinstance(effect, Whole):
                whole.add(line.number)
    assert whole == set(texts), "every line that was begun ends"
    assert sorted(texts) == list(range(1, len(texts) + 1))


@settings(max_examples=40)
@given(COURSES)
def test_nothing_is_played_twice_nor_invented(course):
    scene = Scene()
    sent = {"a": 0, "b": 0}
    for given_input, after in course:
        if isinstance(given_input, Sounded):
            sent[given_input.side] += len(given_input.pcm)
        scene.do(given_input, after=after)
    for side, most in sent.items():
        assert scene.played(side) <= most


@settings(max_examples=40)
@given(COURSES, SIDES)
def test_where_every_word_is_one_persons_only_their_session_is_shown(course, side):
    scene = Scene(lambda text: side if text.strip() else None)
    for given_input, after in course:
        if not isinstance(given_input, Steer):
            scene.do(given_input, after=after)
    shown = {effect.line.side for effect in scene.effects if isinstance(effect, Show | Play)}
    assert shown <= {side}


@settings(max_examples=40)
@given(COURSES, SIDES)
def test_while_one_direction_is_locked_the_other_person_is_neither_heard_nor_shown(course, side):
    scene = Scene().do(Steer(lock=side))
    for given_input, after in course:
        if not isinstance(given_input, Steer):
            scene.do(given_input, after=after)
            other = "b" if side == "a" else "a"
            assert not scene.director.is_open(other)
    assert {effect.line.side for effect in scene.effects} <= {side}
