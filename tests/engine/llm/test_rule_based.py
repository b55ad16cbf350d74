"""What the rules say and which tool they take."""

import json

import pytest

from coach.engine.llm.abilities import abilities
from coach.engine.llm.arguments import fill, fill_in
from coach.engine.llm.rule_based import RuleBasedLlm, decide, decisions
from coach.engine.llm.smalltalk import without_opening
from coach.engine.llm.text import read, stem, words
from coach.engine.llm.tool_examples import about, examples_of
from coach.engine.llm.types import (
    Context,
    Entry,
    FunctionCall,
    FunctionCallOutput,
    Message,
    Sentence,
    Tool,
    ToolCall,
)
from tests.engine.llm.utterances import CLASS, CLASS_TOOLS, SEEN, TOOLS, UNSEEN

Case = tuple[str, str | None]


def context(
    *entries: Entry,
    tools: list[Tool] | None = None,
    choice: str = "auto",
    directions: str | None = None,
    instructions: str = "You are Mia, a nutrition coach.",
) -> Context:
    chosen = TOOLS if tools is None else tools
    return Context(instructions, directions, list(entries), chosen, choice)


def user(text: str) -> Message:
    return Message("user", text)


def chosen(text: str, tools: list[Tool]) -> str | None:
    piece = decide(context(user(text), tools=tools))
    return piece.name if isinstance(piece, ToolCall) else None


@pytest.mark.parametrize(
    ("cases", "tools", "share"),
    [(SEEN, TOOLS, 0.95), (UNSEEN, TOOLS, 0.93), (CLASS, CLASS_TOOLS, 0.92)],
    ids=["seen", "unseen", "another field"],
)
def test_tools_are_told_apart(cases: list[Case], tools: list[Tool], share: float) -> None:
    wrong = [(text, want, chosen(text, tools)) for text, want in cases]
    wrong = [one for one in wrong if one[1] != one[2]]
    for text, want, got in wrong:
        print(f"{text!r}: wanted {want}, got {got}")
    assert 1 - len(wrong) / len(cases) >= share


def test_there_are_enough_utterances_to_measure_with() -> None:
    texts = [text for text, _ in SEEN + UNSEEN]
    assert len(set(texts)) == len(texts) >= 120
    told = {example.lower() for tool in TOOLS for example in examples_of(tool.description)}
    assert not [text for text in texts if text.lower() in told]


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("how much protein have I had today?", "day_summary"),
        ("make that three eggs", "change_meal"),
        ("delete the toast", "change_meal"),
        ("undo that", "undo"),
        ("can I talk to a real dietitian please", "talk_to_human"),
        ("what's my target", "day_summary"),
        ("how much protein is in an egg", "find_food"),
        ("I want a real dietician", "talk_to_human"),
        ("Get me a human!", "talk_to_human"),
        ("What did the dietitian say?", "handoff_notes"),
    ],
)
def test_what_must_never_be_mistaken(text: str, tool: str) -> None:
    assert chosen(text, TOOLS) == tool


def test_the_words_go_into_said_as_they_are() -> None:
    piece = decide(context(user("I had two Eggs,  and ½ a toast!")))
    assert isinstance(piece, ToolCall)
    assert json.loads(piece.arguments) == {"said": "I had two Eggs, and ½ a toast!"}


def test_words_are_never_cut_to_what_a_tool_takes() -> None:
    short = {"type": "object", "properties": {"said": {"type": "string", "maxLength": 4}}}
    assert fill(short, "log a banana") == '{"said": "log a banana"}'


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        ({"enum": ["breakfast", "lunch"]}, "I had it for lunch", "lunch"),
        ({"enum": ["breakfast", "lunch"]}, "breakfast or lunch", None),
        ({"enum": ["only"]}, "anything", "only"),
        ({"type": "integer"}, "make it 3 please", 3),
        ({"type": "integer"}, "make it 3 or 4", None),
        ({"type": "integer"}, "2.5 cups", None),
        ({"type": "number"}, "2.5 cups", 2.5),
        ({"type": "string"}, "the only text", "the only text"),
        ({"type": "string", "maxLength": 3}, "the only text", "the only text"),
        ({"type": "string", "format": "date"}, "tomorrow", None),
        ({"type": "string"}, "", None),
        ({"type": "array"}, "eggs", None),
        ({"$ref": "#/$defs/Meal"}, "lunch then", "lunch"),
    ],
)
def test_other_required_arguments(schema: dict[str, object], text: str, value: object) -> None:
    whole = {
        "type": "object",
        "properties": {"which": schema},
        "required": ["which"],
        "$defs": {"Meal": {"enum": ["lunch", "dinner"]}},
    }
    filled = fill(whole, text)
    assert (None if filled is None else json.loads(filled)["which"]) == value


@pytest.mark.parametrize(
    "schema",
    [
        {"type": ["integer", "null"]},
        {"anyOf": [{"type": "array"}, {"type": "null"}]},
        {"oneOf": [{"type": "null"}, True], "default": None},
    ],
)
def test_what_may_be_null_may_be_left_unsaid(schema: dict[str, object]) -> None:
    text = {"type": "string"}
    strict = {"properties": {"city": text, "more": schema}, "required": ["city", "more"]}
    assert json.loads(fill(strict, "Paris") or "") == {"city": "Paris", "more": None}


@pytest.mark.parametrize(
    "parameters",
    [
        {"properties": [], "required": "ab"},
        {"required": [1, ["x"], None]},
        {"required": 5},
        {"properties": {"a": {"anyOf": 3, "type": {}}}, "required": ["a"]},
        {"$defs": [], "properties": {"a": {"$ref": "#/x"}}, "required": ["a"]},
    ],
)
def test_schemas_that_are_none(parameters: dict[str, object]) -> None:
    assert fill(parameters, "x") in (None, "{}")
    assert fill_in(parameters, "x") == "{}"


def test_which_of_several_texts_is_meant_is_not_guessed() -> None:
    text = {"type": "string"}
    two = {"properties": {"id": text, "why": text}, "required": ["id", "why"]}
    assert fill(two, "done") is None
    assert fill({**two, "required": ["id"]}, "done") == '{"id": "done"}'
    said = {"properties": {"said": text, "id": text}, "required": ["said", "id"]}
    assert fill(said, "done") is None
    forced = decide(context(user("done"), tools=[Tool("end", "", two)], choice="=end"))
    assert forced == ToolCall("end", '{"id": "done", "why": "done"}')


WEATHER = Tool(
    "get_weather",
    "Get the current weather for a city.",
    {"properties": {"city": {"type": "string"}}, "required": ["city"]},
)
TIME = Tool("getTime", "Get the current time.", {"properties": {}})
TABLE = Tool(
    "book_table",
    "Book a table at a restaurant.",
    {"properties": {"on": {"type": "string", "format": "date"}}, "required": ["on"]},
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What's the weather like in Paris?", "get_weather"),
        ("what time is it", "getTime"),
        ("call get_weather for London", "get_weather"),
        ("get me a taxi in this city", None),
        ("tell me a joke", None),
        ("hello", None),
        ("book a table", None),
    ],
)
def test_tools_without_examples_are_known_by_their_names(text: str, name: str | None) -> None:
    assert chosen(text, [WEATHER, TIME, TABLE]) == name


def test_where_there_are_examples_they_decide() -> None:
    assert chosen("what is the weather", [*TOOLS, WEATHER]) is None


def test_the_likeliest_of_required_tools_is_taken_with_what_there_is() -> None:
    asked = context(user("book a table"), tools=[WEATHER, TIME, TABLE], choice="required")
    assert decide(asked) == ToolCall("book_table", "{}")


def test_a_tool_that_cannot_be_filled_is_not_taken() -> None:
    needy = Tool(
        "weigh",
        'Note a weight.\nExamples: "note my weight"',
        {"type": "object", "properties": {"kg": {"type": "number"}}, "required": ["kg"]},
    )
    assert chosen("note my weight", [needy]) is None
    assert chosen("note my weight 71.5", [needy]) == "weigh"


def test_verbatim_and_example_directions_come_first() -> None:
    said = 'Say exactly this, word for word, and nothing else: "Hello. I am "Mia"."'
    entries = [user("log a banana"), FunctionCallOutput("c", '{"say": "no"}')]
    assert decide(context(*entries, directions=said)) == Sentence('Hello. I am "Mia".')
    example = 'Greet the member by name. For example: "Hi Sam, how was lunch?"'
    assert decide(context(directions=example)) == Sentence("Hi Sam, how was lunch?")


def test_outputs_are_spoken_as_they_say() -> None:
    piece = decide(
        context(
            user("log a banana and undo the egg"),
            FunctionCall("a", "log_meal", "{}"),
            FunctionCall("b", "undo", "{}"),
            FunctionCallOutput("a", '{"say": "A banana, 105 kcal.", "kcal": 105}'),
            FunctionCallOutput("b", '{"say": "The egg is gone."}'),
        )
    )
    assert piece == Sentence("A banana, 105 kcal. The egg is gone.")


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ('{"error": "timeout"}', "I am sorry, that did not work. Please try again in a moment."),
        ('{"error": "timeout", "say": "The diary is shut."}', "The diary is shut."),
        ('{"ok": true}', "That is done."),
        (
            '{"temperature": 20.5, "sky_now": "clear", "at": []}',
            "Temperature: 20.5, sky now: clear.",
        ),
        ('{"result": "it is sunny."}', "It is sunny."),
        ('{"say": "", "id": 3}', "That is done."),
        ('"plain"', "plain"),
        ("not json", "not json"),
        ("", "That is done."),
    ],
)
def test_outputs_without_a_sentence(output: str, said: str) -> None:
    assert decide(
        context(user("x"), FunctionCall("a", "undo", "{}"), FunctionCallOutput("a", output))
    ) == Sentence(said)


def test_an_output_before_the_last_words_is_old() -> None:
    piece = decide(context(user("x"), FunctionCallOutput("a", '{"say": "old"}'), user("undo that")))
    assert isinstance(piece, ToolCall)


def test_tool_choice() -> None:
    assert isinstance(decide(context(user("log a banana"), choice="none")), Sentence)
    required = decide(context(user("hello"), choice="required"))
    assert isinstance(required, ToolCall)
    forced = decide(context(user("hello"), choice="=undo"))
    assert forced == ToolCall("undo", '{"said": "hello"}')


def test_a_tool_for_every_turn_is_always_taken() -> None:
    partner = Tool("partner", "Play the waiter.\nUse this for every turn.", TOOLS[0].parameters)
    assert chosen("hello", [*TOOLS, partner]) == "partner"
    assert chosen("", [partner]) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Could you speak a bit slower, please?", "Of course. I will speak more slowly."),
        ("Más despacio, por favor.", "Claro. Hablaré más despacio."),
        ("천천히 말해 주세요.", "네, 더 천천히 말할게요."),
        ("Normal speed, please.", "All right. I will speak at my normal speed."),
    ],
)
def test_a_wish_for_another_pace_is_answered_in_its_language(text: str, said: str) -> None:
    assert decide(context(user(text))) == Sentence(said)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("hello", "Hello, I am Mia, your AI coach."),
        ("who are you?", "an AI coach, a computer and not a person"),
        ("Are you a real person?", "a computer and not a person"),
        ("thank you very much", "You are welcome."),
        ("bye", "Goodbye."),
        ("how are you?", "I am a computer"),
        ("", "Are you still there?"),
        ("what is the meaning of life", "I cannot help with that. Ask me what I can do."),
    ],
)
def test_talk(text: str, part: str) -> None:
    piece = decide(context(user(text)))
    assert isinstance(piece, Sentence)
    assert part in piece.text


@pytest.mark.parametrize(
    "text",
    [
        "Stop.",
        "Okay, stop, wait a moment, please.",
        "Hold on a second",
        "One moment, please.",
        "No, wait!",
        "Just a minute.",
        "Please be quiet now.",
        "That's enough, thank you.",
        "Shh",
    ],
)
def test_who_asks_for_quiet_gets_it(text: str) -> None:
    assert decide(context(user(text))) == Sentence("All right.")


@pytest.mark.parametrize(
    "text", ["I had enough rice for two.", "When should I stop eating?", "Wait, I had two eggs."]
)
def test_a_word_for_quiet_within_more_is_none(text: str) -> None:
    assert decide(context(user(text))) != Sentence("All right.")


def test_without_a_name_or_tools_it_stays_honest() -> None:
    piece = decide(context(user("what can you do"), tools=[], instructions="You are a coach."))
    assert isinstance(piece, Sentence)
    assert piece.text == "I can listen and repeat what I was given, and little else."
    hello = decide(context(user("hello"), instructions="You are a coach."))
    assert isinstance(hello, Sentence)
    assert hello.text.startswith("Hello, I am your AI coach.")


def test_abilities_speak_to_the_member() -> None:
    tools = [Tool("a", 'Write down what the member has eaten.\nExamples: "x"', {})]
    assert abilities(tools) == "I can write down what you have eaten."
    tools = [
        Tool("a", "What the member's diary says: all of it.", {}),
        Tool("b", "Take back the last change, or put it back.", {}),
    ]
    assert abilities(tools) == (
        "I can tell you what your diary says, or take back the last change."
    )


def test_descriptions_are_read() -> None:
    description = 'Do it.\nUse this for every turn.\nExamples: "a; b"; "c, d"; "it\'s"'
    assert examples_of(description) == ["a; b", "c, d", "it's"]
    assert about(description) == "Do it."
    assert examples_of("No examples here.") == []


def test_stems_and_words() -> None:
    assert words("What's the cook's idea? I don't know") == [
        *["what", "is", "the", "cook", "idea", "i", "do", "not", "know"]
    ]
    assert stem("eggs") == stem("egg")
    assert stem("two") == stem("2") == stem("3.5")
    assert stem("notes") == stem("note") != stem("not")
    assert stem("stopped") == stem("stopping") == stem("stop")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("how much is in it", "question"),
        ("can you tell me how much is in it", "question"),
        ("can I talk to someone", "request"),
        ("log a banana", "request"),
        ("I want a person", "request"),
        ("I had an egg", "statement"),
        ("yesterday I had an egg", "statement"),
        ("ate an egg", "statement"),
        ("you had an egg?", "question"),
    ],
)
def test_forms(text: str, form: str) -> None:
    assert read(text).form == form


def test_a_slip_of_the_recogniser_is_forgiven() -> None:
    assert chosen("can I talk to a real dietition please", TOOLS) == "talk_to_human"


GUIDE = "A human expert tells you privately, for your next answer only (do not mention it): {note}"


def guide(note: str) -> Message:
    return Message("system", GUIDE.format(note=note))


@pytest.mark.parametrize(
    "note",
    [
        "Ask whether she has eaten since lunch.",
        "She seems low, be gentle",
        'Never say "good girl" to her.',
        'She said "I feel faint" an hour ago.',
        'Avoid the word "diet".',
        '""',
    ],
)
def test_a_private_note_is_never_read_out(note: str) -> None:
    for said in ("what is the meaning of life", "hello"):
        assert decide(context(guide(note), user(said))) == decide(context(user(said)))
    tool = [
        user("undo that"),
        FunctionCall("a", "undo", "{}"),
        FunctionCallOutput("a", '{"say": "Undone."}'),
    ]
    assert decide(context(guide(note), *tool)) == Sentence("Undone.")


def test_words_that_an_expert_puts_in_quotes_are_spoken_once() -> None:
    note = guide('Log it. Then say: "Drink a glass of water with it" and "How do you feel?"')
    said = "Drink a glass of water with it. How do you feel?"
    # A thing to do is done first; the words come with the answer that follows it.
    entries: list[Entry] = [note, user("log a banana")]
    assert isinstance(decide(context(*entries)), ToolCall)
    entries += [
        FunctionCall("a", "log_meal", "{}"),
        FunctionCallOutput("a", '{"say": "A banana."}'),
    ]
    assert decide(context(*entries)) == Sentence(f"A banana. {said}")
    # Where it would have had to say sorry, they are the answer; also when they come too late.
    assert decide(context(note, user("are cramps dangerous"))) == Sentence(said)
    assert decide(context(user("are cramps dangerous"), note)) == Sentence(said)
    entries += [Message("assistant", f"A banana. {said}"), user("thanks")]
    assert decide(context(*entries)) == Sentence("You are welcome.")
    script = 'Say exactly this, word for word, and nothing else: "A person is coming."'
    assert decide(context(note, directions=script)) == Sentence("A person is coming.")


def test_quotes_of_an_expert_that_are_no_guidance_are_not_repeated() -> None:
    heard = Message("system", 'Asha, a human expert, said to the member: "Take it easy."')
    assert decide(context(heard, user("hello"))) == decide(context(user("hello")))


async def test_the_mind_streams_one_piece() -> None:
    pieces = [piece async for piece in RuleBasedLlm().answer(context(user("undo that")))]
    assert [type(piece) for piece in pieces] == [ToolCall]


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        (
            "log two eggs and what's my target",
            ["log_meal: log two eggs", "day_summary: what's my target"],
        ),
        (
            "Delete the toast. And log a banana.",
            ["change_meal: Delete the toast.", "log_meal: log a banana."],
        ),
        (
            "undo that and then tell me how many calories I have eaten",
            ["undo: undo that", "day_summary: tell me how many calories I have eaten"],
        ),
        (
            "log two eggs and tell me my target",
            ["log_meal: log two eggs", "day_summary: tell me my target"],
        ),
        (
            "Log two eggs, please tell me what my target is",
            ["log_meal: Log two eggs", "day_summary: please tell me what my target is"],
        ),
    ],
)
def test_two_requests_in_one_breath(text: str, calls: list[str]) -> None:
    made = [piece for piece in decisions(context(user(text))) if isinstance(piece, ToolCall)]
    assert [f"{one.name}: {json.loads(one.arguments)['said']}" for one in made] == calls
    one = Context("", None, [user(text)], TOOLS, parallel=False)
    assert len(decisions(one)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "I had two eggs and a glass of milk, then a banana and some toast",
        "for lunch I had soup and a salad and for dinner we had pasta",
        "I had two eggs. No, three.",
        "I had a coffee and a talk with my dietitian",
        "what did I eat today and how much protein was in it",
        "I skipped lunch and had two eggs",
        "I had chips and that was wrong",
        "I want to lose weight and eat more protein",
        "hello and good morning",
    ],
)
def test_one_request_is_not_taken_for_two(text: str) -> None:
    assert len(decisions(context(user(text)))) == 1


def test_none_of_what_is_asked_in_one_sentence_is_split() -> None:
    split = [text for text, _ in SEEN + UNSEEN if len(decisions(context(user(text)))) > 1]
    assert split == []


def test_a_tool_that_must_be_taken_is_taken() -> None:
    needy = Tool("weigh", "Note a weight.", {"properties": {"kg": {}}, "required": ["kg"]})
    for choice in ("required", "=weigh"):
        piece = decide(context(user("tell me a joke"), tools=[needy], choice=choice))
        assert piece == ToolCall("weigh", "{}")
        assert decide(context(tools=[needy], choice=choice)) == ToolCall("weigh", "{}")
    said = 'Say exactly this, word for word, and nothing else: "Hello."'
    piece = decide(context(user("hi"), tools=[needy], choice="=weigh", directions=said))
    assert piece == ToolCall("weigh", "{}")
    answered = (
        user("hi"),
        FunctionCall("c", "weigh", "{}"),
        FunctionCallOutput("c", '{"say": "Noted."}'),
    )
    piece = decide(context(*answered, tools=[needy], choice="required"))
    assert piece == Sentence("Noted.")


def test_outputs_may_come_one_by_one_and_nothing_is_done_twice() -> None:
    """Some clients ask for an answer after each output, and late outputs land anywhere."""
    asked = (user("log two eggs and what's my target"),)
    calls = (FunctionCall("1", "log_meal", "{}"), FunctionCall("2", "day_summary", "{}"))
    eggs, target = (
        FunctionCallOutput("1", '{"say": "Eggs are in."}'),
        FunctionCallOutput("2", '{"say": "Two thousand."}'),
    )
    spoke = Message("assistant", "Eggs are  in.")

    def said(*entries: Entry) -> list[object]:
        return list(decisions(context(*asked, *calls, *entries)))

    assert said() == [Sentence("One moment, please.")]
    assert said(eggs) == [Sentence("Eggs are in.")]
    assert said(eggs, target) == [Sentence("Eggs are in. Two thousand.")]
    assert said(eggs, spoke, target) == [Sentence("Two thousand.")]
    assert said(eggs, target, spoke) == [Sentence("Two thousand.")]
    both = Message("assistant", "Eggs are in. Two thousand.")
    assert said(eggs, target, both) == [Sentence("Two thousand.")]
    again = decisions(context(*asked, *calls, eggs, target, both, user("log a banana")))
    assert [piece.name for piece in again if isinstance(piece, ToolCall)] == ["log_meal"]


def test_texts_that_nothing_was_said_to_in_between_are_answered_together():
    entries = [
        user("hello"),
        Message("assistant", "Hi."),
        user("I had a pear"),
        user("and a kiwi!"),
        user("I had one egg"),
    ]
    call = decide(context(*entries))
    assert isinstance(call, ToolCall)
    assert json.loads(call.arguments)["said"] == "I had a pear. and a kiwi! I had one egg"


def test_what_was_answered_is_not_answered_again():
    entries = [
        user("I had a pear"),
        Message("assistant", "A pear. Anything else?"),
        user("I had a kiwi"),
    ]
    assert json.loads(decide(context(*entries)).arguments)["said"] == "I had a kiwi"


@pytest.mark.parametrize("place", range(4))
def test_words_that_came_while_a_tool_was_at_work_are_answered_with_its_output(place):
    """Wherever the output stands among them: none is lost, and nothing is done twice."""
    eggs = ToolCall("log_meal", '{"said": "I had a pear"}')
    texts = [user("I had a kiwi"), user("I had a banana"), user("I had a plum")]
    output = FunctionCallOutput("k1", '{"say": "A pear is in."}')
    texts.insert(place, output)
    entries = [user("I had a pear"), FunctionCall("k1", eggs.name, eggs.arguments), *texts]
    call, told = decisions(context(*entries))
    assert told == Sentence("A pear is in.")
    assert json.loads(call.arguments)["said"] == "I had a kiwi. I had a banana. I had a plum"
    # The client runs it and asks again: only what is new is said.
    entries += [FunctionCall("k2", call.name, call.arguments), Message("assistant", told.text)]
    entries += [FunctionCallOutput("k2", '{"say": "All three are in."}')]
    assert decisions(context(*entries)) == [Sentence("All three are in.")]


def test_words_beside_an_output_that_ask_for_no_tool_are_answered_too():
    entries = [user("I had a pear"), FunctionCall("k1", "log_meal", "{}"), user("hello")]
    entries += [FunctionCallOutput("k1", '{"say": "A pear is in."}')]
    (said,) = decisions(context(*entries))
    assert said.text.startswith("A pear is in. Hello")


def test_no_more_than_ten_texts_are_answered_together():
    entries = [user(f"I had {number} pears") for number in range(2, 30)]
    said = json.loads(decide(context(*entries)).arguments)["said"]
    assert said.count("pears") == 10
    assert said.endswith("29 pears")


@pytest.mark.parametrize("said", ["thanks!! ok", "hello... there", "thanks" + "!" * 4_000])
def test_an_opening_is_taken_whole_or_not_at_all(said):
    """Its signs are never given back one by one, which takes long with many of them."""
    assert without_opening(said) == said


def test_an_opening_goes_where_a_sentence_follows():
    assert without_opening("Hi coach, thanks!! and what is next") == "what is next"
