"""Twelve things that people say to a coach, typed in Spanish in one talk: tools, rows, answers."""

import pytest

from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from coach.site.seed import seed_personas
from tests.engine.llm.members_set import Talk, member_with_a_diary

# The words, the tool that they are for, and what is told.
SAID = (
    ("Hoy comí dos huevos y un plátano", "log_meal", "eggs"),
    ("no, tres huevos", "change_meal", "three eggs"),
    ("¿qué puedo cenar esta noche?", "suggest_meal", "you could have"),
    ("¿cuándo comí pescado por última vez?", "day_summary", "salmon"),
    ("peso 82 kilos", "note_health", "82"),
    ("soy alérgico al sésamo", "note_health", "?"),
    ("sí, por favor", "note_health", "sesame"),
    ("recuérdame tomar agua a las ocho", "reminders", "8"),
    ("¿puedo comer mango?", "food_for_me", "mango"),
    ("¿cómo voy esta semana?", "day_summary", "kilocalories"),
    ("quiero perder 10 kilos en dos semanas", "set_goal", "dietitian"),
    ("¿hablas español?", "", ""),
)


@pytest.mark.django_db
def test_twelve_requests_in_spanish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "load_index", index_from_files)
    seed_personas()
    talk = Talk(member_with_a_diary(), by_meaning=True)
    for words, tool, told in SAID:
        answer = talk.say(words)
        assert (words, talk.calls) == (words, [tool] if tool else [])
        assert told in answer.lower(), (words, answer)
    rows = talk.rows()
    assert [(name, grams) for name, grams, *_ in rows["meals"]] == [("Eggs", 150), ("Banana", 118)]
    assert rows["measure"] == ["weight 82 kg"]
    assert rows["fact"] == ["allergy sesame"]
    assert ["20:00" in one for one in rows["rem"]] == [True]
    assert rows["call"] == []
