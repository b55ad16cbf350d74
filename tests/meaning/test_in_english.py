"""Simple sentences of other languages in English, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.meaning.in_english import in_english, spoken_in
from coach.meaning.plain_speech import plain_speech
from coach.nutrition.foods.files import index_from_files


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("desayuné dos huevos y una tostada", "for breakfast i had two eggs and a toast"),
        ("soy alérgica al sésamo", "i am allergic to sesame"),
        ("peso 70 kilos", "i weigh 70 kilos"),
        ("j'ai mangé une pomme", "i ate an apple"),
        ("ce matin du pain et du fromage", "this morning some bread and some cheese"),
        ("j'ai du diabète", "i have diabetes"),
        ("Ich habe einen Apfel und etwas Käse gegessen", "i have an apple and some cheese"),
        ("ich bin gegen Nüsse allergisch", "i am allergic to nuts"),
        ("아침에 계란 두 개 먹었어", "i ate for breakfast two egg"),
        ("점심으로 밥이랑 김치 먹었어요", "i ate for lunch rice and kimchi"),
        ("저는 땅콩 알레르기가 있어요", "i have peanut allergy"),
    ],
)
def test_words_that_are_known_are_put_into_english(said: str, english: str) -> None:
    assert in_english(said) == english


@pytest.mark.parametrize(
    "said",
    ["I had a croissant and a latte", "a glass of milk", "two eggs, no milk", "pasta with pesto",
     "I'm allergic to sesame", "remind me at eight", "a pain au chocolat",
     "chili con carne", "coq au vin", "der Wind weht stark", "¿cómo estás?"],
)  # fmt: skip
def test_what_is_english_or_not_known_stays_as_it_was_said(said: str) -> None:
    assert in_english(said) == said


@given(st.text(max_size=200))
def test_no_text_breaks_it(said: str) -> None:
    in_english(said)
    plain_speech(said)
    assert spoken_in(said) in ("es", "fr", "de", "ko", None)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("I had, um, like two eggs", "I had, two eggs"),
        ("it was, you know, lunch", "it was, lunch"),
        ("I like eggs", "I like eggs"),
        ("do you know what I ate", "do you know what I ate"),
        ("um acht Uhr", "um acht Uhr"),
        ("i wegih 82 kilos toinght", "i weigh 82 kilos tonight"),
        ("dairy is not a diary", "dairy is not a diary"),
        ("um", "um"),
        ("I ate two crabs", "I ate two crabs"),
        ("wots in a pear", "what's in a pear"),
        ("No weight, one slice of bread.", "No wait, one slice of bread."),
        ("oh weight it was a plum", "oh wait it was a plum"),
        ("no weight gain this week", "no weight gain this week"),
        ("No weight or height in my profile", "No weight or height in my profile"),
    ],
)
def test_fillers_go_and_telling_words_are_put_right(said: str, plain: str) -> None:
    assert plain_speech(said) == plain


def test_no_word_of_a_food_is_taken_for_a_slip() -> None:
    words = index_from_files().words
    assert [w for w in (*words, *(f"{w}s" for w in words)) if plain_speech(w) != w] == ["protien"]
