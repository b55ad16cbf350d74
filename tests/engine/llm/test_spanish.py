"""Twelve things that people say to a coach, typed in Spanish in one talk: tools, rows, answers."""

from tests.engine.llm.members_set import Talk

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


def test_twelve_requests_in_spanish(talk: Talk) -> None:
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
