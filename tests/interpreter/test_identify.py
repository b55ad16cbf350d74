"""Which of two languages a text is in."""

import pytest

from coach.interpreter.identify import Identifier
from coach.interpreter.languages import IN_ENGLISH, LANGUAGES, choices, label

TEXTS = {
    "en": ("Where does it hurt?", "I need help", "Thank you very much"),
    "es": ("¿Dónde le duele?", "Necesito ayuda", "Me duele la cabeza"),
    "de": ("Wo tut es weh?", "Ich brauche Hilfe", "Seit drei Tagen"),
    "fr": ("Où avez-vous mal ?", "J'ai besoin d'aide", "Merci beaucoup"),
    "it": ("Dove le fa male?", "Ho bisogno di aiuto", "Grazie mille"),
    "pt": ("Preciso de ajuda", "Muito obrigado", "Desde há três dias"),
    "id": ("Di mana sakitnya?", "Saya butuh bantuan", "Terima kasih banyak"),
    "vi": ("Tôi cần giúp đỡ", "Cảm ơn nhiều", "Từ ba ngày nay"),
    "ko": ("어디가 아프세요?", "네", "도와주세요"),
    "ja": ("どこが痛いですか", "はい", "手伝ってください"),
    "zh": ("哪里疼", "是的", "请帮帮我"),
    "ru": ("Где болит?", "да", "Мне нужна помощь"),
    "hi": ("कहाँ दर्द है?", "हाँ", "मुझे मदद चाहिए"),
}


@pytest.mark.parametrize("a", TEXTS)
def test_each_language_is_told_from_each_other(a):
    for b in TEXTS:
        if a != b:
            identify = Identifier(a, b)
            found = [identify(text) for text in TEXTS[a]]
            assert "b" not in found, (a, b)
            assert found.count("a") >= 2, (a, b)


@pytest.mark.parametrize("text", ["", " ", "…", "12:30", "?"])
@pytest.mark.parametrize("pair", [("en", "ko"), ("en", "es"), ("ja", "zh")])
def test_what_has_no_words_tells_nothing(pair, text):
    assert Identifier(*pair)(text) is None


def test_a_name_in_the_other_script_does_not_turn_a_sentence():
    identify = Identifier("en", "ko")
    assert identify("My name is 김민준 and I am from Busan") == "a"
    assert identify("제 이름은 Kim입니다. 반갑습니다") == "b"


def test_japanese_without_kana_beside_english_is_japanese():
    assert Identifier("en", "ja")("東京駅") == "b"


def test_every_language_has_its_names():
    assert set(TEXTS) == set(LANGUAGES) == set(IN_ENGLISH)
    assert label("ko") == "Korean (한국어)"
    assert label("en") == "English"
    assert len(choices()) == 13
