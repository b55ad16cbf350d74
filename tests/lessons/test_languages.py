"""What a turn does in each language: counters, particles, moods past a comma, changes of mind."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.lessons.checking import lacks_in
from coach.lessons.files import FOLDER, catalogue, get_scenario
from coach.lessons.grammar.korean import NUMBERS
from coach.lessons.help import asked_for
from coach.lessons.lines import lines_of
from coach.lessons.partner import LessonState, newly_met, reply
from coach.lessons.understanding.acts import understand
from coach.lessons.understanding.clauses import read
from coach.lessons.understanding.text import even
from coach.lessons.understanding.words import find
from coach.lessons.wording import fill, is_name, prices
from tests.lessons.lines import LANGUAGES, lines, outcome, shares

CAFE = get_scenario("at-the-cafe")
KO_CAFE = get_scenario("ko-kapeeseo")
CREPES = get_scenario("fr-a-la-creperie")
CHEESE = get_scenario("fr-la-fromagere")
DOCTOR = get_scenario("de-einen-arzttermin-machen")
BAKER = get_scenario("de-beim-baecker")
PAN = get_scenario("es-en-la-panaderia")
SCENARIOS = list(catalogue().values())
KOREAN = [s for s in SCENARIOS if s.language == "ko"]


def order(scenario, *turns):
    state = LessonState()
    for said in turns:
        _, state = reply(scenario, state, said)
    return {word: n for words in state.order.values() for word, n in words.items()}


def ids(scenario, said, met=()):
    return [o.id for o in newly_met(scenario, LessonState(met=met), said)]


# --- lines of learners ----------------------------------------------------------------------------
def test_learners_of_five_languages_are_understood_and_answered():
    outcomes = [outcome(line) for line in list(lines(LANGUAGES))[::4]]  # all: `lines.py`
    ticks, wrong, sensible = shares(outcomes)
    assert {o.line.level for o in outcomes} == {"en", "es", "fr", "de", "ko"}
    assert ticks >= 0.97
    assert wrong <= 0.02
    assert sensible >= 0.95


# --- laws: Korean ---------------------------------------------------------------------------------
THINGS = [(s, slot, word) for s in KOREAN for slot, of in s.slots.items() for word in of]
PARTICLES = [
    "을",
    "를",
    "은",
    "이요",
    "으로요",
    "에서는",
    "까지는요",
    "이랑",
    "한테서",
    "부터예요",
    "에서부터는",
]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(THINGS), st.sampled_from([p for p in PARTICLES if p != "한테서"]))
def test_whatever_particles_hang_on_a_thing_it_is_found(thing, particles):
    scenario, slot, word = thing
    found = find(scenario, even(f"{word}{particles} 주세요").split())
    assert (slot, word) in [(one.slot, one.word) for one in found]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(list(KO_CAFE.slots["drink"])),
    st.sampled_from([word for word, n in NUMBERS.items() if n < 10]),
    st.sampled_from(["{n} 잔", "{n}잔", "{n} 잔만", "{n} 잔이요", "{n} 개"]),
)
def test_a_number_after_a_thing_counts_it(drink, number, counted):
    (found,) = find(KO_CAFE, even(f"{drink} {counted.format(n=number)}").split())
    assert (found.word, found.count) == (drink, NUMBERS[number])


def test_a_yes_is_not_four():
    assert order(KO_CAFE, "네 커피 주세요.") == {"아메리카노": 1}


@pytest.mark.parametrize("said", ["카페라테 주새요", "카페라떼 주세여", "유자 차 주세요"])
def test_vowels_that_sound_alike_and_spaces_are_set_right(said):
    assert ids(KO_CAFE, said) == ["drink"]


# --- numbers and articles -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("scenario", "said", "word"),
    [
        (CHEESE, "200 grammes", "deux cents grammes"),
        (CHEESE, "2 tranches", "deux tranches"),
        (get_scenario("fr-office-de-tourisme"), "au château", "le château"),
        (get_scenario("fr-office-de-tourisme"), "l'ancien musée", "le musée"),
        (CREPES, "d'eau", "eau"),
        (PAN, "dos barras", "barra"),
        (BAKER, "zwei Roggenbrote", "Roggenbrot"),
    ],
)
def test_a_thing_is_found_in_its_forms(scenario, said, word):
    assert [one.word for one in find(scenario, even(said).split())] == [word]


def test_another_language_has_articles_of_its_own():
    assert fill(PAN, "¿Lleva leche {the dulce}?", {}) == "¿Lleva leche el cruasán?"
    assert fill(PAN, "{the dulce}", {"dulce": {"magdalena": 1}}) == "La magdalena"
    assert fill(CHEESE, "{the fromage}", {"fromage": {"brie": 1}}) == "Le brie"


@pytest.mark.parametrize(
    "scenario", [s for s in SCENARIOS if s.language != "en"], ids=lambda s: s.slug
)
def test_no_lesson_of_another_language_says_the(scenario):
    for slot, words in scenario.slots.items():
        for word in words:
            told = fill(scenario, f"{{the {slot}}}, {{a {slot}}}", {slot: {word: 2}})
            assert "the " not in told.casefold()


def test_a_german_thing_with_a_capital_is_no_name():
    line, _ = reply(BAKER, LessonState(), "Haben Sie Nussbrot?")
    assert line.startswith("Ja, wir haben Nussbrot.")
    assert not is_name(DOCTOR, "schmerz", "Fieber")
    assert is_name(get_scenario("de-anschluss-verpasst"), "ziel", "Hamburg")


# --- moods ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("scenario", "said", "moods"),
    [
        (CAFE, "The tea, is it hot?", "asks"),
        (CAFE, "The tea, I don't like it.", "denied"),
        (CAFE, "What is it, a latte?", "asks"),
        (CAFE, "Two teas, how much is it?", ""),
        (CHEESE, "Du comté, vous en avez ?", "asks"),
        (CHEESE, "Le roquefort, je n'aime pas ça.", "denied"),
        (CREPES, "Vous n'auriez pas une galette complète ?", "wants"),
        (CREPES, "Je voudrais, s'il vous plaît, une galette complète.", "wants"),
        (PAN, "¿Tiene pan integral?", "asks"),
        (PAN, "Mi madre compra barras.", "told"),
        (PAN, "Mi madre quiere una barra.", "wants"),
        (BAKER, "Haben Sie Nussbrot?", "asks"),
        (BAKER, "Gestern habe ich ein Nussbrot gekauft.", "told"),
        (DOCTOR, "Freitag passt mir gut.", "wants"),
        (KO_CAFE, "어제 녹차를 마셨어요.", "told"),
        (KO_CAFE, "녹차는 안 마셔요.", "denied"),
        (KO_CAFE, "녹차 있어요?", "asks"),
    ],
)
def test_the_mood_of_a_clause_in_its_language(scenario, said, moods):
    clause = next(c for c in read(scenario, said) if c.found)
    flags = {name for name in ("wants", "asks", "denied", "told") if getattr(clause, name)}
    assert flags == set(moods.split())


@pytest.mark.parametrize(
    ("scenario", "met", "said", "reached"),
    [
        ("calling-the-hairdresser", "service", "I can't on Tuesday, but Thursday is ok.", ["day"]),
        ("calling-the-hairdresser", "service", "Not Wednesday, but Friday would be fine.", ["day"]),
        ("de-einen-arzttermin-machen", "grund", "Dienstag geht nicht, aber Freitag geht.", ["tag"]),
        ("es-cita-con-la-doctora", "motivo", "El martes no puedo, pero el jueves sí.", ["dia"]),
        ("ko-kapeeseo", "", "커피 말고 녹차 주세요.", ["drink"]),
        ("ordering-by-telephone", "dish", "No onions on the pizza, please.", ["extra"]),
    ],
)
def test_a_refusal_keeps_what_follows_it(scenario, met, said, reached):
    assert ids(get_scenario(scenario), said, met=tuple(met.split())) == reached


def test_what_is_not_to_go_with_a_thing_does_not_refuse_it():
    assert order(CAFE, "A coffee, please.", "No foam on the coffee, please.") == {"coffee": 1}
    assert order(CAFE, "I'd like a sandwich with no mayonnaise.") == {"sandwich": 1}


def test_a_denial_is_compared_with_denials():
    scenario = get_scenario("ko-taekbae-munui")
    denied = [o.id for o in scenario.objectives if any("안 " in m or "못 " in m for m in o.said)]
    assert denied
    assert ids(scenario, "가방이 잘 왔어요.") == []


# --- a change of mind -----------------------------------------------------------------------------
DRINKS = ["coffee", "tea", "latte", "mocha", "lemonade", "smoothie"]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.sampled_from(DRINKS), min_size=2, max_size=4, unique=True),
    st.integers(2, 9),
    st.data(),
)
def test_a_change_of_mind_changes_one_thing(named, count, data):
    changed = data.draw(st.sampled_from(named))
    listed = f"{', '.join(f'a {one}' for one in named[:-1])} and a {named[-1]}"
    after = order(CAFE, f"I'd like {listed}, please.", f"No wait, {count} {changed}s.")
    assert after == {one: count if one == changed else 1 for one in named}


def test_another_thing_takes_the_place_of_the_last_one_and_just_that_of_all():
    assert order(CAFE, "A tea and a coffee.", "No wait, a latte.") == {"tea": 1, "latte": 1}
    assert order(CAFE, "A tea and a coffee.", "No wait, just a latte.") == {"latte": 1}


# --- help -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.slug)
def test_no_sentence_of_the_teacher_is_a_plea_for_help(scenario):
    for objective in scenario.objectives:
        for model in objective.said:
            assert asked_for(scenario, fill(scenario, model, {})) is None, model


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (CAFE, "I'd like to help my friend."),
        (CAFE, "I need help with my bags."),
        (PAN, "Necesito ayuda con la maleta."),
        (CREPES, "Merci de votre aide."),
        (DOCTOR, "Ich brauche Hilfe beim Ausfüllen."),
        (DOCTOR, "Ich brauche Hilfe, mein Fahrrad ist kaputt."),
        (CAFE, "I need help. My bike is broken."),
        (BAKER, "Wie heißt der Mann am Tisch?"),
        (KO_CAFE, "다시 전화할게요."),
        (PAN, "Otra vez el mismo pan."),
    ],
)
def test_help_within_a_sentence_is_no_plea(scenario, said):
    assert asked_for(scenario, said) is None


@pytest.mark.parametrize(
    ("scenario", "said", "kind", "about"),
    [
        (CAFE, "Help me, I don't know what I must say.", "suggest", ()),
        (PAN, "ayuda, no sé qué decir", "suggest", ()),
        (KO_CAFE, "뭐라고 말해야 해요?", "suggest", ()),
        (KO_CAFE, "다시 말해 주세요.", "again", ()),
        (DOCTOR, "Wie bitte?", "again", ()),
        (BAKER, "Wie heißt „bread“ auf Deutsch?", "how_say", ("bread",)),
        (BAKER, "Ich brauche Hilfe, was soll ich sagen?", "suggest", ()),
        (CREPES, "Vous pouvez répéter, s'il vous plaît ?", "again", ()),
        (CAFE, "I lost my, how do you say, equipaje, blue.", "how_say", ("equipaje",)),
        (CHEESE, "Vous avez des, comment dire, strawberries ?", "how_say", ("strawberries",)),
        (CAFE, "“Mocha”, what is it? A coffee?", "meaning", ("mocha",)),
        (CREPES, "plus lentement svp je comprends pas", "slower", ()),
        (BAKER, "Sprechen Sie bitte wieder normal.", "normal", ()),
    ],
)
def test_help_is_asked_for_in_every_language(scenario, said, kind, about):
    request = asked_for(scenario, said)
    assert (request.kind, request.about) == (kind, about)


def test_the_normal_pace_brings_the_whole_question_back():
    _, slow = reply(CAFE, LessonState(), "Slower, please.")
    assert slow.slow
    line, state = reply(CAFE, slow, "Normal speed, please.")
    assert not state.slow
    assert line == f"All right. I'll speak at my normal speed. {CAFE.objectives[0].ask}"


# --- what is beside the objectives ----------------------------------------------------------------
@pytest.mark.parametrize("scenario", [CAFE, PAN, CREPES, BAKER, KO_CAFE], ids=lambda s: s.slug)
def test_what_the_teacher_wrote_beside_the_objectives_is_answered(scenario):
    for aside in scenario.asides:
        said = fill(scenario, aside.when[-1], {})
        _, state = reply(scenario, LessonState(), said)
        assert state.took == "aside" or understand(scenario, (), {}, said).refused, said


@pytest.mark.parametrize(
    ("scenario", "said", "answer"),
    [
        (CAFE, "Good morning, how are you?", "I'm very well, thank you."),
        (get_scenario("train-ticket"), "How are you?", "I'm fine, thank you."),
        (PAN, "¿Qué tal?", "Muy bien, gracias."),
        (KO_CAFE, "감사합니다.", "천만에요."),
        (DOCTOR, "Wie geht es Ihnen?", "Danke, gut."),
        (CREPES, "Oui.", "Très bien."),
    ],
)
def test_what_is_only_polite_is_answered_and_the_question_asked_again(scenario, said, answer):
    line, state = reply(scenario, LessonState(), said)
    assert line.startswith(answer)
    assert line.endswith(("?", "？", "."))
    assert state.met == ()


NO = {
    "en": "No, thank you.",
    "es": "No, gracias.",
    "fr": "Non merci.",
    "de": "Nein danke.",
    "ko": "아니요, 괜찮아요.",
}


@pytest.mark.parametrize("scenario", [CAFE, PAN, CREPES, BAKER, KO_CAFE], ids=lambda s: s.slug)
def test_what_is_declined_twice_does_not_come_again(scenario):
    state, line, told = LessonState(), "", 0
    while not line.endswith(scenario.partner.closing):
        line, state = reply(scenario, state, NO[scenario.language])
        told += 1
        assert told <= 2 * len(scenario.objectives)
    assert reply(scenario, state, NO[scenario.language])[0] == scenario.partner.goodbye


@pytest.mark.parametrize("scenario", [CAFE, PAN, CREPES, KO_CAFE], ids=lambda s: s.slug)
@pytest.mark.parametrize("places", [(0, 1, 2), (1, 0, 2), (2, 1, 0), (0, 2, 1)])
def test_the_twist_is_said_after_the_first_objective_and_else_never(scenario, places):
    state, told = LessonState(), []
    for place in places:
        line, state = reply(scenario, state, fill(scenario, scenario.objectives[place].said[0], {}))
        told.append(scenario.twist in line)
    assert told == [places[0] == 0, False, False]


def test_prices_are_told_in_the_words_of_the_language():
    assert prices(BAKER, {"brot": {"Nussbrot": 1}}).count(":") == 1


@pytest.mark.parametrize(
    ("language", "evened"), [("de", "um sechs im urlaub"), ("en", "um sechs i am urlaub")]
)
def test_contractions_are_written_out_in_english_alone(language, evened):
    assert even("Um sechs im Urlaub.", language) == evened


# --- on familiar terms ----------------------------------------------------------------------------
FORMAL = re.compile(r"\b(?:Sie|Ihnen|usted|Puede|Perdone|Dígalo|vous|Vous)\b|(?:요|니다)[.!?]")


@pytest.mark.parametrize("scenario", [s for s in SCENARIOS if s.familiar], ids=lambda s: s.slug)
def test_a_friend_helps_as_a_friend(scenario):
    lines = lines_of(scenario.language, familiar=True)
    assert lines.keys() == lines_of(scenario.language, familiar=False).keys()
    assert [line for line in lines.values() if FORMAL.search(line)] == []
    assert not FORMAL.search(scenario.partner.closing)
    assert reply(scenario, LessonState(), "Help!")[0].startswith(lines["you_can_say"].split("{")[0])


def test_english_has_one_register():
    text = (FOLDER / f"{CAFE.slug}.toml").read_text(encoding="utf-8")
    (lack,) = lacks_in(f"familiar = true\n{text}", CAFE.slug, "cafe")
    assert "one register" in lack.reason


# --- what only looks like an act ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("meeting-a-neighbour", "I love Spain."),
        ("ko-sijangeseo", "수박은 너무 커요."),
        ("de-schicht-tauschen", "Am Montag habe ich frei."),
        ("de-fahrradwerkstatt", "Am Montag habe ich frei."),
        ("es-cita-con-la-doctora", "Tomo una pastilla en la mañana."),
    ],
)
def test_what_is_told_beside_the_act_reaches_nothing(slug, said):
    scenario = get_scenario(slug)
    before = ()
    for objective in scenario.objectives:
        assert ids(scenario, said, met=before) == []
        before = (*before, objective.id)


def test_a_pronoun_orders_a_thing_no_second_time():
    family = get_scenario("with-a-host-family")
    assert order(family, "I need an adapter, it's cold.") == {"adapter": 1}
