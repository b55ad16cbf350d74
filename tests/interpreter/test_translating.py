"""Two people at one device, with a server of translation sessions: the real consumer between."""

import asyncio

import pytest

from coach.interpreter import limits
from coach.interpreter.actions import end_meeting, swap_languages
from coach.interpreter.models import Line, Meeting
from coach.people.models import User
from coach.talk.models import Usage
from tests.support.interpreter_page import open_meeting
from tests.support.page_client import in_thread
from tests.support.translation_server import Script, Step, heard, sound, spoken, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]
ENGLISH, KOREAN = "Where does it hurt?", "어디가 아프세요?"


async def ended(page, meeting):
    """The member ends the conversation."""
    await in_thread(end_meeting)(meeting)
    return await page.until_closed()


async def test_each_is_translated_for_the_other_and_what_was_said_is_kept(meeting, serving):
    to_korean = Script(
        [Step(600, spoken(ENGLISH, KOREAN)), Step(1200, spoken("머리요.", "머리요."))]
    )
    to_english = Script(
        [Step(600, spoken(ENGLISH, ENGLISH)), Step(1200, spoken("머리요.", "My head."))]
    )
    async with serving({"ko": [to_korean], "en": [to_english]}) as server:
        async with open_meeting(meeting, meeting.member) as page:
            await page.until("stage", stage="interpreting")
            await page.speak(600)
            await page.until("line", side="a")
            await page.speak(600)
            await page.until("line", side="b")
            assert page.lines() == [("a", ENGLISH, KOREAN), ("b", "머리요.", "My head.")]
            assert await ended(page, meeting) == 4410
        assert len(page.of("words")) >= 4, "words come while they are said"
        assert sum(page.sound.values()) == 400, "of each only the translation is played"
        items = {line["item"] for line in page.of("line")}
        assert items == set(page.sound)
        assert len(items) == 2
        server.assert_complete()
    rows = await in_thread(list)(Line.objects.values_list("side", "language", "into", "original"))
    assert rows == [("a", "en", "ko", ENGLISH), ("b", "ko", "en", "머리요.")]


async def test_a_session_is_dialled_and_told_as_the_protocol_says(meeting, serving, settings):
    settings.ENGINE_KEY = "sk-test"
    async with serving({"ko": [Script()], "en": [Script()]}) as server:
        async with open_meeting(meeting, meeting.member) as page:
            await page.until("stage", stage="interpreting")
            await ended(page, meeting)
        assert set(server.requests) == {"/v1/realtime/translations?model=gpt-realtime-translate"}
        assert set(server.keys) == {"Bearer sk-test"}
        heard_by = {"input": {"transcription": {"model": "gpt-realtime-whisper"}}}
        audio = [update["session"]["audio"] for update in server.updates]
        into = [{"output": {"language": code}} for code in ("en", "ko")]
        assert sorted(audio, key=str) == sorted((heard_by | one for one in into), key=str)
        server.assert_complete()


async def test_a_locked_direction_sends_the_other_session_silence(meeting, serving):
    to_korean = Script([Step(600, spoken(ENGLISH, KOREAN))])
    async with serving({"ko": [to_korean], "en": [Script()]}) as server:
        async with open_meeting(meeting, meeting.member) as page:
            await page.until("stage", stage="interpreting")
            await page.send({"type": "direction", "lock": "a", "by_button": False})
            await page.speak(800)
            await page.until("line", side="a")
            await ended(page, meeting)
        assert server.heard_ms["ko"] == 800
        assert server.heard_ms["en"] == 0
        assert server.silent_ms["en"] >= 800
        server.assert_complete()


async def test_by_button_only_who_holds_theirs_is_heard(meeting, serving):
    to_english = Script([Step(400, spoken("네, 맞아요.", "Yes, that is right."))])
    async with serving({"ko": [Script()], "en": [to_english]}) as server:
        async with open_meeting(meeting, meeting.member) as page:
            await page.until("stage", stage="interpreting")
            await page.send({"type": "direction", "lock": "auto", "by_button": True})
            await page.speak(400)  # nobody holds anything
            await page.send({"type": "held", "side": "b"})
            await page.speak(400)
            await page.send({"type": "held", "side": ""})
            await page.speak(400)
            line = await page.until("line")
            assert (line["side"], line["translation"]) == ("b", "Yes, that is right.")
            await ended(page, meeting)
        assert server.heard_ms == {"ko": 0, "en": 400}
        server.assert_complete()


async def test_silence_is_sent_while_nobody_speaks(meeting, serving):
    async with serving({"ko": [Script()], "en": [Script()]}) as server:
        async with open_meeting(meeting, meeting.member) as page:
            await page.until("stage", stage="interpreting")
            await asyncio.sleep(1.0)
            await ended(page, meeting)
        assert min(server.silent_ms.values()) >= 400
        assert server.heard_ms == {"ko": 0, "en": 0}
        server.assert_complete()


async def test_names_and_numbers_stand_as_they_were_and_a_difference_is_marked(meeting, serving):
    right = ("Mr Kim, room 512 at 14:30.", "김 씨, 14시 30분에 512호입니다.")
    wrong = ("Take 15 mg a day.", "하루에 5 mg 드세요.")
    script = Script([Step(600, spoken(*right)), Step(1200, spoken(*wrong))])
    async with serving({"ko": [script], "en": [Script()]}) as server:
        async with open_meeting(meeting, meeting.member) as page:
            await page.until("stage", stage="interpreting")
            await page.speak(600)
            await page.until("line", original=right[0], translation=right[1], check=False)
            await page.speak(600)
            await page.until("line", original=wrong[0], translation=wrong[1], check=True)
            await ended(page, meeting)
        server.assert_complete()


async def test_a_lost_session_is_dialled_again_and_hears_what_is_said_meanwhile(meeting, serving):
    first = Script([Step(400, [heard("One moment "), told("잠시")], drop=True)])
    second = Script([Step(400, spoken("And now?", "그리고 지금은요?"))])
    async with serving({"ko": [first, second], "en": [Script()]}) as server:
        async with open_meeting(meeting, meeting.member) as page:
            await page.until("stage", stage="interpreting")
            await page.speak(400)
            await page.until("stage", stage="reconnecting")
            await page.speak(400)
            await page.until("line", original="And now?")
            assert page.lines()[0] == ("a", "One moment", "잠시"), "what was there is kept"
            await ended(page, meeting)
        server.assert_complete()


async def test_the_end_waits_for_the_last_words(meeting, serving):
    script = Script([Step(400, [heard("I will call you")])], last=[told("전화할게요."), sound(200)])
    async with serving({"ko": [script], "en": [Script()]}) as server:
        async with open_meeting(meeting, meeting.member) as page:
            await page.until("stage", stage="interpreting")
            await page.speak(400)
            await page.until("words", original="I will call you")
            assert await ended(page, meeting) == 4410
        assert page.lines() == [("a", "I will call you", "전화할게요.")]
        assert page.of("ended")[0]["url"] == f"/interpreter/{meeting.pk}/"
        assert sorted(server.closed) == ["en", "ko"]
        server.assert_complete()


async def test_a_page_that_closes_loses_no_line_and_comes_back_for_what_it_lacks(meeting, serving):
    script = Script([Step(400, [heard(ENGLISH)])], last=[told(KOREAN)])
    scripts = {"ko": [script, Script()], "en": [Script(), Script()]}
    async with serving(scripts) as server:
        async with open_meeting(meeting, meeting.member) as page:
            await page.until("stage", stage="interpreting")
            await page.speak(400)
            await page.until("words")
        async with open_meeting(meeting, meeting.member, since=0) as page:
            await page.until("line", seq=1, original=ENGLISH, translation=KOREAN)
            await page.until("stage", stage="interpreting")
        async with open_meeting(meeting, meeting.member, since=1) as page:
            await page.until("stage", stage="connecting")
            assert page.of("line") == []
        server.problems.clear()  # of the third page, which was gone before its sessions came
        assert (await in_thread(Meeting.objects.get)(pk=meeting.pk)).ended_at is None


async def test_exchanged_languages_have_new_sessions_and_the_page_is_told(meeting, serving):
    earlier = Script(last=spoken("And you?", "당신은요?"))
    later = Script([Step(400, spoken("네.", "Yes."))])
    scripts = {"ko": [earlier, Script()], "en": [Script(), later]}
    async with serving(scripts) as server:
        async with open_meeting(meeting, meeting.member) as page:
            await page.until("ready", language_a="en", language_b="ko")
            await page.until("stage", stage="interpreting")
            await in_thread(swap_languages)(meeting)
            await page.until("ready", language_a="ko", language_b="en")
            await asyncio.sleep(0.3)
            await page.until("stage", stage="interpreting")
            async with asyncio.timeout(10):
                while len(server.playing) < 4:  # noqa: ASYNC110  nothing to wait on in a list
                    await asyncio.sleep(0.02)
            await page.speak(400)
            await page.until("line", side="a", original="And you?", language="en", into="ko")
            await page.until("line", side="a", original="네.", language="ko", into="en")
            await ended(page, meeting)
        server.assert_complete()


async def test_minutes_are_counted_with_their_price_and_who_writes_down_as_well(meeting, serving):
    from coach.personas.catalogue import seed_engines
    from coach.personas.models import Provider

    await in_thread(seed_engines)()
    async with serving({"ko": [Script()], "en": [Script()]}) as server:
        await in_thread(Provider.objects.filter(slug="openai").update)(url=server.url)
        await in_thread(Meeting.objects.filter(pk=meeting.pk).update)(provider="openai")
        async with open_meeting(meeting, meeting.member) as page:
            await page.until("stage", stage="interpreting")
            await page.speak(2000)
            await ended(page, meeting)
    rows = await in_thread(list)(Usage.objects.order_by("model"))
    assert {row.model for row in rows} == {"gpt-realtime-translate", "gpt-realtime-whisper"}
    assert {row.kind for row in rows} == {"translation"}
    sent_s = (sum(server.heard_ms.values()) + sum(server.silent_ms.values())) / 1000
    translated = [row for row in rows if row.model == "gpt-realtime-translate"]
    assert sent_s >= 4, "two sessions of two seconds each"
    assert abs(float(sum(row.seconds for row in translated)) - sent_s) < 0.5
    cost = float(sum(row.cost for row in translated))
    assert abs(cost - float(sum(row.seconds for row in translated)) * 0.034 / 60) < 1e-6
    assert {row.member_id for row in rows} == {meeting.member_id}


async def test_a_budget_that_is_used_up_ends_it_with_words(meeting, serving, settings, monkeypatch):
    monkeypatch.setattr(limits, "COUNT_S", 0.2)
    async with serving({"ko": [Script()], "en": [Script()]}) as server:
        async with open_meeting(meeting, meeting.member) as page:
            await page.until("stage", stage="interpreting")
            settings.BUDGET_MEMBER_USD = 0
            error = await page.until("error", code="budget", fatal=True)
            assert "for today" in error["message"]
            assert await page.until_closed() == 4413
        server.assert_complete()
    assert (await in_thread(Meeting.objects.get)(pk=meeting.pk)).ended_at is not None


async def test_an_interpreter_to_whom_nobody_speaks_rests(meeting, serving, monkeypatch):
    monkeypatch.setattr(limits, "IDLE_S", 0.5)
    async with serving({"ko": [Script()], "en": [Script()]}) as server:
        async with open_meeting(meeting, meeting.member) as page:
            assert await page.until_closed() == 4408
            assert page.of("error")[-1]["code"] == "idle"
        server.assert_complete()


async def test_a_newer_window_has_the_conversation(meeting, serving):
    scripts = {"ko": [Script(), Script()], "en": [Script(), Script()]}
    async with serving(scripts) as server:
        async with open_meeting(meeting, meeting.member) as older:
            await older.until("stage", stage="interpreting")
            async with open_meeting(meeting, meeting.member) as newer:
                assert await older.until_closed() == 4403
                await newer.until("stage", stage="interpreting")
                await ended(newer, meeting)
        server.assert_complete()


async def test_nobody_else_gets_in(meeting):
    other = await in_thread(User.objects.create_user)("other@example.org", "right-1-other")
    async with open_meeting(meeting, other) as page:
        assert await page.until_closed() == 4404
    async with open_meeting(meeting, None, key="guessed") as page:
        assert await page.until_closed() == 4404


async def test_what_is_no_hello_closes_the_socket(meeting):
    async with open_meeting(meeting, meeting.member, since=None) as page:
        await page.send({"type": "held", "side": "a"})
        assert await page.until_closed() == 4400


async def test_an_engine_that_refuses_is_told_in_words(meeting, serving, monkeypatch):
    refusal = {"type": "error", "error": {"code": "model_not_found", "message": "no"}}
    monkeypatch.setattr("coach.voice.limits.REFUSED_FIRST_S", 0.0)
    monkeypatch.setattr("coach.voice.limits.BACKOFF_FIRST_S", 0.01)
    async with (
        serving({}, refusals=[refusal] * 6),
        open_meeting(meeting, meeting.member) as page,
    ):
        error = await page.until("error", fatal=True)
        assert error["code"] == "model_not_found"
        assert "cannot be reached" in error["message"]
        assert await page.until_closed() == 4500
