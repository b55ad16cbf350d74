"""From an engine's report to a row and, where there is a budget, to a kind end."""

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError

from coach.engine.server.run import serve
from coach.personas.models import EngineModel, ModelPrice, Persona, Provider
from coach.talk import actions, outage
from coach.talk.actions import record_turn, start_session
from coach.talk.actions.floor import move_floor
from coach.talk.brief import freeze, make_brief, thaw
from coach.talk.models import Session, Turn, Usage
from coach.talk.registries import never_stop, screeners, tools
from coach.talk.usage import recorder
from coach.voice.effects import CountUsage
from tests.support.live_talk import engine_for, history, until
from tests.support.page_client import in_thread, open_page
from tests.support.scripted_engine import Step, call, created, done, whole

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_registries(monkeypatch):
    monkeypatch.setattr(tools, "_tools", {})
    monkeypatch.setattr(screeners, "_screeners", {})
    monkeypatch.setattr(never_stop, "_reasons", [])


@pytest.fixture
def provider():
    row = Provider.objects.create(slug="hosted", name="Hosted", default_model="talker")
    model = EngineModel.objects.create(provider=row, name="talker")
    ModelPrice.objects.create(
        model=model, from_date=date(2020, 1, 1),
        text_in=4, text_cached=Decimal("0.4"), text_out=24, audio_in=32,
        audio_cached=Decimal("0.4"), audio_out=64,
    )  # fmt: skip
    scribe = EngineModel.objects.create(provider=row, name="gpt-transcribe", kind="transcription")
    ModelPrice.objects.create(model=scribe, from_date=date(2020, 1, 1), per_minute=Decimal("0.6"))
    return row


@pytest.fixture
def maya():
    return get_user_model().objects.create_user("maya@example.org", display_name="Maya")


@pytest.fixture
def persona(provider):
    return Persona.objects.create(
        slug="sage", name="Sage", instructions="Be kind.", greeting="Hi {name}!", provider=provider
    )


@pytest.fixture
def begun(maya, persona):
    """A session in which the coach has greeted already."""
    made = start_session(maya, persona, make_brief(persona, member_name="Maya"))
    record_turn(made, "coach", "Hi Maya!", item_id="old1")
    return Session.objects.select_related("member", "persona").get(pk=made.pk)


def dialled(settings, provider, *scripts):
    """The scripted engine at the provider's address."""
    opened = engine_for(settings, *scripts)
    enter = opened.__aenter__

    class Dialled:
        async def __aenter__(self):
            engine = await enter()
            await Provider.objects.filter(pk=provider.pk).aupdate(url=engine.url)
            return engine

        async def __aexit__(self, *error):
            await opened.__aexit__(*error)

    return Dialled()


def costing(response, text_out, status="completed", **details):
    """The end of a response that wrote `text_out` text tokens, at 24 USD per million."""
    message = done(response, status, **details)
    message["response"]["usage"] = {
        "input_tokens": 0,
        "output_tokens": text_out,
        "output_token_details": {"text_tokens": text_out, "audio_tokens": 0},
    }
    return message


def answer(response, item, text, text_out, ms=100):
    return [*whole(response, item, text, ms)[:-1], costing(response, text_out)]


def typed(*emits):
    """Steps of a connection on which the member types, once for each of `emits`."""
    steps = [*history(1)]
    for emit in emits:
        steps += [Step("conversation.item.create"), Step("response.create", emit)]
    return steps


async def rows():
    return [row async for row in Usage.objects.order_by("pk")]


# --- counting -------------------------------------------------------------------------------------


async def test_what_a_response_reports_is_a_row_with_its_price(begun, maya, provider, settings):
    end = done("r1")
    end["response"]["usage"] = {
        "input_tokens": 1800,
        "output_tokens": 220,
        "input_token_details": {
            "text_tokens": 1200,
            "audio_tokens": 600,
            "cached_tokens_details": {"text_tokens": 1024, "audio_tokens": 100},
        },
        "output_token_details": {"text_tokens": 40, "audio_tokens": 180},
    }
    script = typed([*whole("r1", "c1", "Hello.")[:-1], end])
    async with dialled(settings, provider, script), open_page(begun, maya) as page:
        await page.send({"type": "text", "id": "t1", "text": "Hello"})
        await page.until("turn", item="c1")
    (row,) = await rows()
    assert (row.kind, row.ref, row.status) == ("response", "r1", "completed")
    assert (row.provider, row.model) == ("hosted", "talker")
    assert (row.text_in, row.text_cached, row.audio_in, row.audio_cached) == (1200, 1024, 600, 100)
    assert (row.text_out, row.audio_out) == (40, 180)
    assert row.cost == Decimal("0.02963360")  # the sum of test_usage.py
    assert row.priced_by == date(2020, 1, 1)
    assert (row.session_id, row.member_id, row.persona_id) == (
        begun.pk,
        maya.pk,
        begun.persona_id,
    )


async def test_failed_cancelled_and_repeated_responses_count_once_each(
    begun, maya, provider, settings
):
    failed = [
        created("r1"),
        costing("r1", 10, "failed", type="failed", error={"code": "inference_rate_limit_exceeded"}),
    ]
    spoken = answer("r2", "c2", "Hello.", 20)
    script = [*typed(failed), Step("response.create", [*spoken, spoken[-1]])]
    async with dialled(settings, provider, script), open_page(begun, maya) as page:
        await page.send({"type": "text", "id": "t1", "text": "Hello"})
        await page.until("turn", item="c2")
    counted = [(row.ref, row.status, row.text_out) for row in await rows()]
    assert counted == [("r1", "failed", 10), ("r2", "completed", 20)]


async def test_a_transcription_is_counted_at_its_own_models_price(begun, maya, provider, settings):
    heard = {
        "type": "conversation.item.input_audio_transcription.completed",
        "item_id": "m1",
        "transcript": "Hello",
        "usage": {"type": "duration", "seconds": 3},
    }
    script = [
        *history(1),
        Step(
            None,
            [
                {"type": "input_audio_buffer.speech_started", "item_id": "m1", "audio_start_ms": 0},
                {"type": "input_audio_buffer.speech_stopped", "item_id": "m1", "audio_end_ms": 900},
                {"type": "input_audio_buffer.committed", "item_id": "m1"},
                heard,
            ],
        ),
        Step("response.create", answer("r1", "c1", "Hello Maya.", 5)),
    ]
    async with dialled(settings, provider, script), open_page(begun, maya) as page:
        await page.until("turn", item="c1")
    row = await Usage.objects.aget(kind="transcription")
    assert (row.model, row.ref, row.seconds) == ("gpt-transcribe", "m1", 3)
    assert row.cost == Decimal("0.03")


async def test_a_model_without_a_price_is_counted_and_not_called_free(
    begun, maya, provider, settings
):
    await ModelPrice.objects.all().adelete()
    script = typed(answer("r1", "c1", "Hello.", 10))
    async with dialled(settings, provider, script), open_page(begun, maya) as page:
        await page.send({"type": "text", "id": "t1", "text": "Hello"})
        await page.until("turn", item="c1")
    (row,) = await rows()
    assert (row.text_out, row.cost, row.priced_by) == (10, None, None)


async def test_a_database_that_is_busy_for_a_moment_loses_nothing(
    begun, maya, provider, settings, monkeypatch
):
    tries = []

    def busy(*args, **options):
        tries.append(args)
        if len(tries) == 1:
            raise OperationalError("database is locked")
        return actions.usage.count_usage(*args, **options)

    monkeypatch.setattr(recorder, "count_usage", busy)
    monkeypatch.setattr(outage, "AGAIN_S", 0.01)
    script = typed(answer("r1", "c1", "Hello.", 10))
    async with dialled(settings, provider, script), open_page(begun, maya) as page:
        await page.send({"type": "text", "id": "t1", "text": "Hello"})
        await page.until("turn", item="c1")
    assert [row.ref for row in await rows()] == ["r1"]
    assert len(tries) == 2


async def test_a_disk_that_is_full_for_a_while_loses_nothing(
    begun, maya, provider, settings, monkeypatch
):
    full = [OperationalError("database or disk is full")] * 20

    def sometimes(*args, **options):
        if full:
            raise full.pop()
        return actions.usage.count_usage(*args, **options)

    monkeypatch.setattr(recorder, "count_usage", sometimes)
    monkeypatch.setattr(outage, "AGAIN_S", 0.001)
    script = typed(answer("r1", "c1", "One.", 10), answer("r2", "c2", "Two.", 10))
    async with dialled(settings, provider, script), open_page(begun, maya) as page:
        await page.send({"type": "text", "id": "t1", "text": "Hello"})
        await page.until("turn", item="c1")
        await page.send({"type": "text", "id": "t2", "text": "Hello"})
        await page.until("turn", item="c2")
    assert [row.ref for row in await rows()] == ["r1", "r2"]


async def test_a_notice_that_could_not_be_written_is_written_at_the_next_try(
    begun, maya, provider, settings, monkeypatch
):
    settings.BUDGET_MEMBER_USD = Decimal("0.50")
    tries = []

    def busy(*args):
        tries.append(args)
        if len(tries) == 1:
            raise OperationalError("database is locked")
        actions.usage.tell_of_budget(*args)

    monkeypatch.setattr(recorder, "tell_of_budget", busy)
    monkeypatch.setattr(outage, "AGAIN_S", 0.01)
    script = typed(answer("r1", "c1", "Hello.", 17_000))  # 81 %
    async with dialled(settings, provider, script), open_page(begun, maya) as page:
        await page.send({"type": "text", "id": "t1", "text": "Hello"})
        notice = await page.until("turn", speaker="system")
    assert notice["text"].startswith("Most of today's time")
    assert [row.ref for row in await rows()] == ["r1"]


async def test_a_fault_in_counting_does_not_end_the_talk(
    begun, maya, provider, settings, monkeypatch
):
    def broken(*args, **options):
        raise ValueError("nobody thought of this")

    monkeypatch.setattr(recorder, "count_usage", broken)
    script = typed(answer("r1", "c1", "One.", 10), answer("r2", "c2", "Two.", 10))
    async with dialled(settings, provider, script), open_page(begun, maya) as page:
        await page.send({"type": "text", "id": "t1", "text": "Hello"})
        await page.until("turn", item="c1")
        await page.send({"type": "text", "id": "t2", "text": "Hello"})
        await page.until("turn", item="c2")
        assert page.closed is None


async def test_the_embedded_engine_itself_is_counted_and_costs_nothing(maya, settings):
    persona = await Persona.objects.acreate(
        slug="own", name="Own", instructions="Be kind.", greeting="Hi {name}, what did you eat?"
    )
    brief = await in_thread(make_brief)(persona, member_name="Maya")
    made = await in_thread(start_session)(maya, persona, brief)
    session = await Session.objects.select_related("member", "persona").aget(pk=made.pk)
    settings.BUDGET_MEMBER_USD = settings.BUDGET_SITE_USD = Decimal("0.01")
    async with serve(key="k") as port:
        settings.ENGINE_URL = f"ws://127.0.0.1:{port}/v1/realtime"
        settings.ENGINE_KEY = "k"
        async with open_page(session, maya) as page:
            await page.until("turn", 20, speaker="coach")
    row = await Usage.objects.aget(kind="response")
    assert row.provider == "embedded"
    assert row.text_in > 0
    assert row.audio_out > 20  # of 50 ms each
    assert row.cost == 0
    assert row.priced_by is not None
    assert await Session.objects.filter(ended_at=None).acount() == 1


# --- budgets --------------------------------------------------------------------------------------

# 24 USD per million: 10,000 tokens are 24 cents.
CENTS_24 = 10_000


async def test_at_the_limit_the_answer_is_finished_and_then_the_talk_ends_kindly(
    begun, maya, provider, settings
):
    settings.BUDGET_MEMBER_USD = Decimal("0.40")
    script = typed(
        answer("r1", "c1", "First.", CENTS_24), answer("r2", "c2", "The second, whole.", CENTS_24)
    )
    async with dialled(settings, provider, script) as engine, open_page(begun, maya) as page:
        await page.send({"type": "text", "id": "t1", "text": "One"})
        await page.until("turn", item="c1")
        await page.send({"type": "text", "id": "t2", "text": "Two"})
        assert await page.until_closed() == 4410
        engine.assert_complete()
    spoken = await Turn.objects.aget(item_id="c2")
    assert (spoken.text, spoken.interrupted) == ("The second, whole.", False)
    last = await Turn.objects.filter(session=begun).order_by("-seq").afirst()
    assert last.speaker == "system"
    assert last.text.startswith("That was all of your time with the coach for today.")
    assert "You can go on " in last.text
    assert "tomorrow at 00:00" in last.text
    assert "call a person" in last.text
    assert "emergency number" in last.text
    assert [t["text"] for t in page.of("turn")][-1] == last.text
    assert [t.kind async for t in Usage.objects.all()] == ["response", "response"]
    begun_again = await Session.objects.aget(pk=begun.pk)
    assert begun_again.ended_at is not None


async def test_the_house_limit_ends_a_talk_that_cost_little(begun, maya, provider, settings):
    settings.BUDGET_SITE_USD = Decimal("0.20")
    script = typed(answer("r1", "c1", "First.", CENTS_24))
    async with dialled(settings, provider, script), open_page(begun, maya) as page:
        await page.send({"type": "text", "id": "t1", "text": "One"})
        assert await page.until_closed() == 4410
    last = await Turn.objects.filter(session=begun).order_by("-seq").afirst()
    assert last.text.startswith("The coach has done all it can for everybody today.")


async def test_most_of_it_used_is_said_once_and_the_talk_goes_on(begun, maya, provider, settings):
    settings.BUDGET_MEMBER_USD = Decimal("0.50")
    script = typed(
        answer("r1", "c1", "One.", CENTS_24),
        answer("r2", "c2", "Two.", 7_000),  # 81 %
        answer("r3", "c3", "Three.", 100),
    )
    async with dialled(settings, provider, script), open_page(begun, maya) as page:
        for number in (1, 2, 3):
            await page.send({"type": "text", "id": f"t{number}", "text": "Hello"})
            await page.until("turn", item=f"c{number}")
        await page.until("turn", speaker="system")
        await asyncio.sleep(0.1)
        said = [t["text"] for t in page.of("turn") if t["speaker"] == "system"]
        assert len(said) == 1
        assert said[0].startswith("Most of today's time with the coach is used (81 %).")
        assert page.closed is None


async def test_who_comes_back_to_a_talk_beyond_the_limit_is_not_answered(
    begun, maya, provider, settings
):
    settings.BUDGET_MEMBER_USD = Decimal("0")
    async with dialled(settings, provider, history(1)) as engine, open_page(begun, maya) as page:
        assert await page.until_closed() == 4410
        assert not [m for m in engine.received if m["type"] == "response.create"]
    assert [t["speaker"] for t in page.of("turn")][-1] == "system"


@pytest.mark.parametrize("floor", ["coach_waiting", "guided", "expert", "safety_hold"])
async def test_money_does_not_end_a_talk_that_a_person_or_a_hold_has(
    begun, maya, provider, settings, floor
):
    settings.BUDGET_MEMBER_USD = Decimal("0.10")
    settings.BUDGET_SITE_USD = Decimal("0.10")
    await Usage.objects.acreate(
        session=begun, member=maya, kind="response", ref="before", cost=Decimal(5),
        member_day=datetime.now(UTC).date(), house_day=datetime.now(UTC).date(),
    )  # fmt: skip
    await in_thread(move_floor)(begun, floor)
    answered = floor in ("coach_waiting", "guided")
    script = typed(answer("r1", "c1", "I am here.", 10)) if answered else history(1)
    async with dialled(settings, provider, script), open_page(begun, maya) as page:
        await page.until("floor", floor=floor)
        await page.send({"type": "text", "id": "t1", "text": "Are you there?"})
        await page.until("turn", client_id="t1")
        if answered:
            await page.until("turn", item="c1")
        await asyncio.sleep(0.2)
        assert page.closed is None
        # As soon as the coach has it back, the talk comes to its end.
        await in_thread(move_floor)(begun, "coach")
        assert await page.until_closed() == 4410


async def test_while_somebody_is_called_answers_go_on(begun, maya, provider, settings, monkeypatch):
    called = [True]
    never_stop.never_stopped_while(lambda member_id: called[0] and member_id == maya.pk)
    settings.BUDGET_MEMBER_USD = Decimal("0.10")
    script = typed(answer("r1", "c1", "One.", CENTS_24), answer("r2", "c2", "Two.", CENTS_24))
    async with dialled(settings, provider, script), open_page(begun, maya) as page:
        for number in (1, 2):
            await page.send({"type": "text", "id": f"t{number}", "text": "Hello"})
            await page.until("turn", item=f"c{number}")
        assert page.closed is None
        called[0] = False
        assert await page.until_closed() == 4410


async def test_a_call_for_a_person_while_the_talk_closes_keeps_it(begun, maya, provider, settings):
    """The talk closes while the coach still speaks; then somebody is called: it goes on."""
    settings.BUDGET_MEMBER_USD = Decimal("0.10")
    script = [
        *history(1),
        Step("conversation.item.create"),
        Step("response.create", answer("r1", "c1", "A long goodbye.", CENTS_24, ms=3000)),
        Step("conversation.item.create"),
        Step("response.create", answer("r2", "c2", "I stay with you.", 10)),
    ]
    opened = open_page(begun, maya, plays=False)
    async with dialled(settings, provider, script), opened as page:
        await page.send({"type": "text", "id": "t1", "text": "Hello"})
        await until(lambda: sum(page.audio.values()) >= 3000)
        await until_rows(1)
        await in_thread(move_floor)(begun, "coach_waiting")
        await page.until("floor", floor="coach_waiting")
        await page.send({"type": "heard", "generation": 1, "item": 0, "ms": 3000})
        await page.until("turn", item="c1")
        page.plays = True
        await page.send({"type": "text", "id": "t2", "text": "Thanks"})
        await page.until("turn", 8, item="c2")
        assert page.closed is None


async def until_rows(count, seconds=5.0):
    async with asyncio.timeout(seconds):
        while await Usage.objects.acount() < count:  # noqa: ASYNC110  rows ring no bell
            await asyncio.sleep(0.01)


def answers(page):
    return len([turn for turn in page.of("turn") if turn["speaker"] == "coach"])


async def test_talks_that_reach_the_limit_together_end_within_one_answer_each(
    provider, persona, settings
):
    """Of the site's budget: each talk may finish the answer it is at, and none begins another."""
    settings.BUDGET_SITE_USD = Decimal("1.00")
    users = get_user_model().objects
    talks = []
    for number in range(4):
        who = await in_thread(users.create_user)(f"m{number}@example.org")
        brief = await in_thread(make_brief)(persona, member_name="M")
        made = await in_thread(start_session)(who, persona, brief)
        await in_thread(record_turn)(made, "coach", "Hi!", item_id="old")
        found = await Session.objects.select_related("member", "persona").aget(pk=made.pk)
        talks.append((found, who))
    scripts = [
        typed(*(answer(f"r{n}-{k}", f"c{n}-{k}", "Yes.", CENTS_24) for k in range(6)))
        for n in range(4)
    ]

    async def chat(session, who):
        async with open_page(session, who) as page:
            for number in range(6):
                await page.send({"type": "text", "id": f"t{number}", "text": "Hello"})
                await until(lambda heard=number + 2: page.of("ended") or answers(page) >= heard, 9)
            assert await page.until_closed(9) == 4410

    async with dialled(settings, provider, *scripts):
        await asyncio.gather(*(chat(*talk) for talk in talks))
    spent = sum([row.cost async for row in Usage.objects.all()])
    # 24 cents an answer: the fifth reaches the dollar; one more for each running talk at most.
    assert Decimal("1.00") <= spent <= Decimal("1.20") + 4 * Decimal("0.24")
    assert await Session.objects.filter(ended_at=None).acount() == 0


async def test_a_tool_that_was_called_at_the_limit_has_run(begun, maya, provider, settings):
    """The answer that called it is the last; the row is written, its result is not spoken."""
    import msgspec

    class Said(msgspec.Struct):
        said: str

    ran = []

    @tools.tool("note", "Write it down.", examples=["note this"])
    def note(call: tools.ToolCallContext, args: Said) -> tools.ToolResult:
        ran.append(args.said)
        return tools.ToolResult("Noted.")

    brief = await in_thread(make_brief)(
        await Persona.objects.select_related("provider").aget(pk=begun.persona_id),
        member_name="Maya",
        tools=["note"],
    )
    await Session.objects.filter(pk=begun.pk).aupdate(**await in_thread(freeze)(brief))
    begun = await Session.objects.select_related("member", "persona").aget(pk=begun.pk)
    settings.BUDGET_MEMBER_USD = Decimal("0.10")
    calls = [
        created("r1"),
        call("r1", "k1", "note", '{"said": "a banana"}'),
        costing("r1", CENTS_24),
    ]
    script = [*typed(calls), Step("conversation.item.create")]
    async with dialled(settings, provider, script), open_page(begun, maya) as page:
        await page.send({"type": "text", "id": "t1", "text": "note a banana"})
        assert await page.until_closed() == 4410
    assert ran == ["a banana"]


async def test_a_note_is_counted_at_the_price_of_who_answered_it(begun, provider):
    model = await EngineModel.objects.acreate(provider=provider, name="writer")
    await ModelPrice.objects.acreate(
        model=model, from_date=date(2020, 1, 1), text_in=1, text_out=2, audio_in=10, audio_out=20
    )
    brief = await in_thread(lambda: thaw(begun))()
    till = recorder.UsageRecorder(
        begun, brief, engine=("hosted", "writer"), heard_by="gpt-transcribe"
    )
    told = {
        "prompt_tokens": 1_500_000,
        "completion_tokens": 1_000_000,
        "prompt_tokens_details": {"audio_tokens": 500_000},
        "completion_tokens_details": {"audio_tokens": 900_000},
    }
    till.take(CountUsage("note", "chat-1", told))
    till.take(CountUsage("transcription", "note-1-said", {"type": "duration", "seconds": 2}))
    await till.write()
    note, said = await rows()
    # 1 of text and 5 of audio read, 0.2 of text and 18 of audio written.
    assert (note.kind, note.model, note.cost) == ("note", "writer", Decimal("24.2"))
    assert (said.model, said.cost) == ("gpt-transcribe", Decimal("0.02"))
    assert not till.waiting


async def test_more_reports_than_can_wait_are_told_in_the_log(begun, capsys):
    brief = await in_thread(lambda: thaw(begun))()
    till = recorder.UsageRecorder(begun, brief)
    for number in range(recorder.USAGE_WAITING + 1):
        till.take(CountUsage("response", f"r{number}", {"input_tokens": 1}))
    assert "usage_lost" in capsys.readouterr().out
    await till.write()
    assert await Usage.objects.acount() == recorder.USAGE_WAITING
