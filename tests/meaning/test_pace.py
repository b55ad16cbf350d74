"""«Slower, please» is read in five languages, and what only speaks of speed is not."""

import pytest

from coach.meaning.pace import pace_wish


@pytest.mark.parametrize(
    "said",
    [
        "Slower, please.",
        "You're talking too fast for me.",
        "Sorry, my English is not so good, can you talk a bit slower?",
        "Please repeat, you speak very quickly.",
        "Could you say that more slowly?",
        "slow down",
        "Más despacio, por favor, soy nuevo en español.",
        "¿Puede hablar más despacio?",
        "Habla demasiado rápido.",
        "plus lentement svp je comprends pas",
        "Vous parlez trop vite pour moi.",
        "Können Sie das bitte langsam sagen?",
        "Nicht so schnell!",
        "천천히 말씀해 주세요.",
        "조금만 천천히요.",
    ],
)
def test_a_wish_to_go_slower(said):
    assert pace_wish(said) == "slower"


@pytest.mark.parametrize(
    "said",
    [
        "Normal speed, please.",
        "You can speak normally again.",
        "You are speaking too slowly.",
        "A bit faster, please.",
        "Velocidad normal, por favor.",
        "Vous pouvez parler plus vite.",
        "Sprechen Sie bitte wieder normal.",
        "보통 속도로 말해 주세요.",
    ],
)
def test_a_wish_for_the_normal_pace(said):
    assert pace_wish(said) == "normal"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "I ate too fast.",
        "I want to be reminded to eat slowly.",
        "Slow cooker chili for dinner.",
        "My weight loss is slow.",
        "I'd like to lose weight slowly.",
        "The train is too fast.",
        "I walk at my usual pace.",
        "I speak slowly.",
        "Como más despacio que antes.",
        "Je mange plus lentement.",
        "Ich kann das nicht so schnell.",
        "천천히 먹을게요.",
        "slower, please " * 40,
    ],
)
def test_other_words_of_speed_are_no_wish(said):
    assert pace_wish(said) is None
