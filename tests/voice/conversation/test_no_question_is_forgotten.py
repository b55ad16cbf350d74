"""The law of a talk, for any engine: every question is answered or told, nothing is done twice,
reviewed words are heard or read to their end.

The engine of this machine may do anything at any moment: answer in part or not at all, take its
answer back, fail, refuse, repeat its calls, go away. The page plays what it is sent. Then the
engine falls silent for good, and `ENDS_S` later nothing may be open.
"""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coach.voice.effects import Play, RecordTurn, RunTool, ShowError
from coach.voice.engine_commands import AddMessage, CreateResponse, LeaveEngine, ToolOutput
from coach.voice.engine_events import (
    EngineFault,
    EngineLost,
    EngineReady,
    InputCommitted,
    InputFailed,
    InputTranscript,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SoundReplayed,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
    SpokenDelta,
    ToolCalled,
)
from coach.voice.inputs import (
    FloorChanged,
    HoldReleased,
    Interrupt,
    MemberVoice,
    PlaybackProgress,
    ScriptGiven,
    TextTyped,
    Tick,
    ToolFinished,
)
from tests.support.conversation_driver import MS, Driver

ENDS_S = 60
SCRIPT = "Please call 112 now."
OF_SPEECH = {"not_heard", "unwritten", "speech_lost", "no_words"}
BESIDE = {"too_many_texts", "line_broke"}  # no word about a question

faults = st.sampled_from(
    ["server_error", "invalid_value", "insufficient_quota", "rate_limit_error"]
)
waits = st.sampled_from([0.25, 1.0, 3.0, 9.0])
foods = st.sampled_from(["egg", "leek"])
words = st.sampled_from(["Well done, two eggs are in your diary.", " "])
steps = st.one_of(
    st.tuples(st.just("says"), words),
    st.tuples(st.just("breaks off"), words),
    st.tuples(st.just("calls"), foods),
)
ends = st.sampled_from(["completed", "cancelled", "incomplete", "failed"])


class HostileEngine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.talk = Driver()
        self.number = 0
        self.texts: dict[str, float] = {}  # open questions, and when they were asked
        self.utterances: dict[str, float] = {}
        self.began: dict[str, float] = {}  # items of the coach: when their response began
        self.response = ""
        self.began_at = 0.0
        self.sent_ms: dict[tuple[int, int], int] = {}
        self.done_calls: list[tuple[int, str]] = []
        self.connected = True
        self.asked = self.told = 0

    def tell(self, *events, after=0.0):
        """These happen; what comes of it is taken note of."""
        for effect in self.talk(*events, after=after):
            match effect:
                case Play(generation, index, pcm):
                    key = generation, index
                    self.sent_ms[key] = self.sent_ms.get(key, 0) + len(pcm) // MS
                case RecordTurn(speaker="coach"):
                    self.on_heard(effect)
                case RecordTurn(notice=code) if code in OF_SPEECH:
                    self.utterances.clear()
                case ShowError(code) if code not in BESIDE:
                    self.told += code == "no_answer"
                    self.texts.clear()
                    self.utterances.clear()
                case RunTool(_, name, arguments):
                    turn = self.talk.conversation._state.asked_of(self.response).number
                    self.done_calls.append((turn, name + arguments))
                case LeaveEngine():
                    self.leaving = True

    leaving = False

    def on_heard(self, turn):
        if turn.partial and not turn.interrupted:
            return  # a fault cut it off
        began = self.began.get(turn.item_id, float("inf"))
        for questions in (self.texts, self.utterances):
            for key in [key for key, at in questions.items() if at <= began]:
                del questions[key]

    def name(self, kind):
        self.number += 1
        return f"{kind}{self.number}"

    def last(self, kind):
        sent = [effect for effect in self.talk.all if isinstance(effect, kind)]
        return sent[-1].event_id if sent else "none-0"

    # --- the member -----------------------------------------------------------------------------

    @rule()
    def types(self):
        name = self.name("t")
        self.texts[name] = self.talk.at
        self.asked += 1
        self.tell(TextTyped(name, f"Hello {name}"))

    @rule(stops=st.booleans(), commits=st.booleans(), words=st.sampled_from(["", "yes", "failed"]))
    def speaks(self, stops, commits, words):
        if not self.connected:
            return
        name = self.name("m")
        self.tell(SpeechStarted(name), after=0.01)
        self.utterances[name] = self.talk.at
        self.asked += 1
        self.tell(*[MemberVoice(20)] * 20, after=0.4)
        if stops:
            self.tell(SpeechStopped(name))
        if commits:
            self.tell(InputCommitted(name))
        if commits and words == "yes":
            self.tell(InputTranscript(name, "I had eggs"))
        elif commits and words == "failed":
            self.tell(InputFailed(name, "no"))

    @rule()
    def taps(self):
        self.texts.clear()  # and wants to hear no more of it
        self.utterances.clear()
        self.tell(Interrupt())

    # --- the engine -----------------------------------------------------------------------------

    @rule(steps=st.lists(steps, max_size=3), status=st.none() | ends, waits=waits)
    def answers(self, steps, status, waits):
        """What may become of one response: mostly this, in some order."""
        self.begins(True)
        for what, how in steps:
            if what == "says":
                self.says(how, ms=700, done=True)
            elif what == "breaks off":
                self.says(how, ms=40, done=False)
            else:
                self.calls(how, runs=True)
        if status:
            self.ends(status, "server_error")
        self.time_passes(waits)

    @rule(tagged=st.booleans())
    def begins(self, tagged):
        if self.connected:
            self.response, self.began_at = self.name("r"), self.talk.at
            tag = self.last(CreateResponse) if tagged else ""
            self.tell(ResponseCreated(self.response, tag))

    @rule(words=words, ms=st.sampled_from([0, 40, 700]), done=st.booleans())
    def says(self, words, ms, done):
        if not (self.connected and self.response):
            return
        item = self.name("c")
        self.began[item] = self.began_at
        self.tell(SpokenDelta(self.response, item, words))
        if ms:
            self.tell(SpokenAudio(self.response, item, bytes(ms * MS)))
        if done:
            self.tell(ItemDone(self.response, item))

    @rule(food=foods, runs=st.booleans())
    def calls(self, food, runs):
        if not (self.connected and self.response):
            return
        self.tell(ToolCalled(self.response, self.name("call"), "log_meal", f'{{"said":"{food}"}}'))
        if runs:
            self.finish_tools()

    @rule()
    def finish_tools(self):
        for call_id in list(self.talk.conversation._state.pending_calls):
            self.tell(ToolFinished(call_id, '{"say": "Done."}'))

    @rule(status=ends, code=faults)
    def ends(self, status, code):
        if self.connected and self.response:
            self.tell(ResponseDone(self.response, status, code=code if status == "failed" else ""))
            self.response = ""

    @rule(kind=st.sampled_from([CreateResponse, AddMessage, ToolOutput, None]), code=faults)
    def refuses(self, kind, code):
        if self.connected:
            self.tell(EngineFault(code, "no", self.last(kind) if kind else ""))

    @rule(back=st.booleans())
    def is_lost(self, back):
        if self.connected:
            self.connected, self.response = False, ""
            self.tell(EngineLost())
        if back:
            self.comes_back()

    @rule()
    def comes_back(self):
        if not self.connected:
            self.connected = True
            self.tell(EngineReady(True), SoundReplayed())

    # --- time -----------------------------------------------------------------------------------

    @rule(seconds=waits)
    def time_passes(self, seconds):
        for _ in range(int(seconds / 0.25)):
            self.plays()
            self.tell(Tick(), after=0.25)

    def plays(self):
        """The page has played all that it was sent."""
        generation = self.talk.conversation.generation
        for (of, index), ms in list(self.sent_ms.items()):
            if of == generation:
                self.tell(PlaybackProgress(of, index, ms))
            else:
                del self.sent_ms[of, index]

    @invariant()
    def a_call_has_one_effect_in_a_turn(self):
        assert len(self.done_calls) == len(set(self.done_calls))

    @invariant()
    def no_question_is_told_twice(self):
        assert self.told <= self.asked

    @invariant()
    def one_that_is_to_be_left_is_left(self):
        if self.leaving:
            self.leaving = False
            self.is_lost(back=True)

    def teardown(self):
        self.comes_back()
        for _ in range(ENDS_S * 4):
            self.finish_tools()
            self.time_passes(0.25)
            self.one_that_is_to_be_left_is_left()
        assert not self.texts, self.texts
        assert not self.utterances, self.utterances


class HostileEngineInDanger(HostileEngine):
    """Under a safety hold: the reviewed words reach the member whole, whatever else happens."""

    @initialize()
    def a_danger_is_found(self):
        self.talk.hold.add("text-danger")
        self.tell(TextTyped("danger", "I want to die"))
        self.tell(FloorChanged("safety_hold", 2), ScriptGiven(SCRIPT, 7), HoldReleased())

    @rule(done=st.booleans())
    def speaks_the_script(self, done):
        if not self.response:
            self.begins(True)
        self.says(SCRIPT, ms=1400, done=done)

    def teardown(self):
        self.texts.clear()  # the coach owes no answer
        self.utterances.clear()
        super().teardown()
        written = [e for e in self.talk.all if isinstance(e, RecordTurn) and e.source == "script"]
        assert any(turn.text == SCRIPT and not turn.partial for turn in written), written


HostileEngineInDanger.TestCase.settings = settings(
    max_examples=25, stateful_step_count=12, deadline=None
)
TestHostileEngineInDanger = HostileEngineInDanger.TestCase
HostileEngine.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestHostileEngine = HostileEngine.TestCase


def test_reviewed_words_of_which_a_cancelled_response_said_none_reach_the_member():
    state = HostileEngineInDanger()
    state.a_danger_is_found()
    state.answers(status="cancelled", steps=[("says", " ")], waits=0.25)
    state.teardown()
