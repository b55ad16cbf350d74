"""The input side of a session: buffer, turns and transcripts."""

from collections.abc import Iterator
from dataclasses import dataclass

from coach.engine import limits
from coach.engine.errors import BadRequest
from coach.engine.protocol.config import AudioInput
from coach.engine.protocol.server_events import SpeechStarted, SpeechStopped, TranscriptionDelta
from coach.engine.session.audio import AudioDecoder, InputBuffer, milliseconds, samples
from coach.engine.session.effects import CancelTranscription, DetectSpeech, Pcm, Transcribe
from coach.engine.session.output import OutputEvents
from coach.engine.session.turn_detection import FRAME, TurnChange, TurnDetector
from coach.engine.session.utterance import TranscriptSegment, Utterance
from coach.engine.stt.types import TranscriptionHint


@dataclass(frozen=True)
class SpeechBegan:
    """Somebody speaks."""

    item_id: str


@dataclass(frozen=True)
class AudioCommitted:
    """Sound to become an item; `settled` where its text is known already."""

    item_id: str
    pcm: Pcm
    settled: "ItemTranscript | None"


@dataclass(frozen=True)
class ItemTranscript:
    """The text of a committed item; None if it could not be decoded."""

    item_id: str
    text: str | None
    code: str | None = None


class InputAudio:
    """Takes audio and what the detector and the recogniser make of it."""

    def __init__(self, out: OutputEvents, settings: AudioInput) -> None:
        self._out = out
        self._settings = settings
        self._intake = AudioDecoder(settings.format)
        self._buffer = InputBuffer()
        self._detector: TurnDetector | None = None
        self._utterance: Utterance | None = None
        self._jobs: dict[int, Utterance] = {}
        self._done: dict[str, Utterance] = {}
        self._generation = 0
        self._base = self._listened = 0
        self._restart()

    @property
    def now_ms(self) -> int:
        """Milliseconds of audio ever appended."""
        return milliseconds(self._buffer.end)

    @property
    def item_id(self) -> str | None:
        """The item that the turn under way will be; None while nobody speaks."""
        return None if self._utterance is None else self._utterance.item_id

    def configure(self, settings: AudioInput) -> None:
        """New settings. Turning detection on or off forgets a turn under way, not the buffer."""
        old, self._settings = self._settings, settings
        if settings.format != old.format:
            self._intake = AudioDecoder(settings.format)
        detection = settings.turn_detection
        if (detection is None) != (old.turn_detection is None):
            self._restart()
        elif self._detector is not None and detection is not None:
            self._detector.configure(detection)
        if self._utterance is not None:
            self._utterance.live = settings.transcription is not None

    def append(self, audio: str) -> None:
        """More sound, base64 in the input format. Raises BadRequest."""
        pcm = self._intake.decode(audio)
        kept = self._buffer.end - self._buffer.start + pcm.size
        if kept > limits.BUFFER_SECONDS * limits.RATE:
            message = f"The input buffer holds {limits.BUFFER_SECONDS:.0f} s at most."
            raise BadRequest("input_audio_buffer_full", message, "audio")
        self._buffer.append(pcm)
        whole = (self._buffer.end - self._listened) // FRAME * FRAME
        if self._detector is not None and whole:  # less than a frame would wake it for nothing
            end = self._listened + whole
            self._out.do(DetectSpeech(self._generation, self._buffer.between(self._listened, end)))
            self._listened = end

    def clear(self) -> None:
        """Forgets the buffer and a turn under way."""
        self._restart()
        self._buffer.drop_before(self._buffer.end)

    def commit(self) -> AudioCommitted:
        """Ends the turn now. Raises BadRequest where there is less than 100 ms."""
        held = self._buffer.end - self._buffer.start
        if held < samples(limits.COMMIT_MS):
            message = (
                f"Error committing input audio buffer: buffer too small. Expected at least "
                f"{limits.COMMIT_MS}ms of audio, but buffer only has {milliseconds(held)}ms."
            )
            raise BadRequest("input_audio_buffer_commit_empty", message)
        spoken = self._utterance
        if spoken is None:
            item_id = self._out.new_id("item")
            spoken = Utterance(
                item_id, self._buffer.start, self._settings.transcription is not None
            )
        elif spoken.tail is not None:
            self._forget(spoken.tail.job)
            spoken.tail = None
        end = self._buffer.end
        self._drop_partial(spoken)
        self._cut_to(spoken, end)
        committed = self._committed(spoken, end)
        self._restart()
        return committed

    def commit_silence(self) -> AudioCommitted:
        """An item of the silence in the buffer, whose text is known to be empty."""
        end = self._buffer.end
        pcm = self._buffer.between(self._buffer.start, end)
        self._buffer.drop_before(self._listened)
        item_id = self._out.new_id("item")
        return AudioCommitted(item_id, pcm, ItemTranscript(item_id, ""))

    def voiced(
        self, generation: int, frames: list[tuple[int, float]]
    ) -> Iterator[SpeechBegan | AudioCommitted]:
        """What the detector's frames mean, in order; sends the speech events itself."""
        for offset, probability in frames:
            if generation != self._generation or self._detector is None:
                return
            start = self._base + offset
            change = self._detector.push(start, probability)
            spoken = self._utterance
            if spoken is None and change is not None and change.sign == "started":
                yield self._begin(change.at)
            elif spoken is not None:
                spoken.note(probability, start + FRAME)
                committed = self._follow(spoken, change, start + FRAME)
                if committed is not None:
                    yield committed
            if self._utterance is None:
                self._buffer.drop_before(start - int(limits.IDLE_BUFFER_SECONDS * limits.RATE))

    def transcribed(self, job: int, text: str) -> ItemTranscript | AudioCommitted | None:
        """A decode is done; the item whose words it completes, or whose end it shows."""
        spoken = self._jobs.pop(job, None)
        if spoken is None:
            return None
        text = " ".join(text.split())
        if job == spoken.partial_job:
            spoken.partial_job = None
            self._delta(spoken, spoken.growth(text))
            return None
        for slot in [*spoken.slots, *([spoken.tail] if spoken.tail else [])]:
            if slot.job == job:
                slot.text = text
        if spoken.end is None:
            if spoken.tail is not None and spoken.tail.job == job:
                self._delta(spoken, spoken.growth(text))
                if self._detector is not None and self._detector.judge(text) is not None:
                    return self._stop(spoken, self._detector.heard)
            return None
        return self._settled(spoken)

    def untranscribed(self, job: int, code: str) -> ItemTranscript | None:
        """A decode failed. A failed partial costs nothing; a failed piece fails its item."""
        spoken = self._jobs.pop(job, None)
        if spoken is None:
            return None
        if job == spoken.partial_job:
            spoken.partial_job = None
            return None
        if spoken.tail is not None and spoken.tail.job == job:
            spoken.tail = None  # only a guess that the turn ends here; the end decodes again
            return None
        spoken.failure = code
        return None if spoken.end is None else self._settled(spoken)

    def finish(self, item_id: str, text: str | None) -> None:
        """The deltas' last words, before `completed` or `failed` is sent."""
        spoken = self._done.pop(item_id, None)
        if spoken is not None and text is not None:
            self._delta(spoken, spoken.rest(text))

    def transcribe(self, item_id: str, pcm: Pcm) -> None:
        """Decodes sound that came as an item rather than through the buffer."""
        spoken = Utterance(item_id, 0, False, end=pcm.size)
        spoken.keep(self._slot(spoken, pcm, pcm.size))

    def forget(self, item_id: str) -> None:
        """Nobody wants the words of this item any more."""
        for job in [job for job, one in self._jobs.items() if one.item_id == item_id]:
            self._forget(job)
        self._done.pop(item_id, None)

    def decode(self, audio: str, param: str) -> Pcm:
        """Sound of an item, in the input format. Raises BadRequest."""
        return AudioDecoder(self._settings.format).whole(audio, param)

    def _restart(self) -> None:
        """Forgets a turn under way and listens afresh from the end of the buffer."""
        if self._utterance is not None:
            self.forget(self._utterance.item_id)
        self._utterance = None
        self._intake.forget()
        detection = self._settings.turn_detection
        self._detector = TurnDetector(detection) if detection is not None else None
        self._generation += 1
        self._base = self._listened = self._buffer.end

    def _begin(self, at: int) -> SpeechBegan:
        assert self._detector is not None
        start = max(at - self._detector.padding, self._buffer.start)
        item_id = self._out.new_id("item")
        self._utterance = Utterance(item_id, start, self._settings.transcription is not None)
        self._out.send(SpeechStarted(audio_start_ms=milliseconds(start), item_id=item_id))
        return SpeechBegan(item_id)

    def _follow(
        self, spoken: Utterance, change: TurnChange | None, now: int
    ) -> AudioCommitted | None:
        sign = change.sign if change else None
        if sign == "paused":
            self._drop_partial(spoken)
            pcm = self._buffer.between(spoken.window, now)
            spoken.tail = self._slot(spoken, pcm, now, guess=True)
        elif sign == "resumed":
            self._resume(spoken)
        elif sign == "stopped" or now - spoken.start >= limits.TURN_SECONDS * limits.RATE:
            return self._stop(spoken, now)
        elif spoken.tail is None:
            self._keep_up(spoken, now)
        return None

    def _resume(self, spoken: Utterance) -> None:
        tail, spoken.tail = spoken.tail, None
        if tail is None:
            return
        if tail.end - spoken.window >= samples(limits.CHUNK_MS):
            spoken.keep(tail)
        else:
            self._forget(tail.job)

    def _keep_up(self, spoken: Utterance, now: int) -> None:
        cut = spoken.wants_cut(now)
        if cut is not None:
            self._drop_partial(spoken)
            spoken.keep(self._slot(spoken, self._buffer.between(spoken.window, cut), cut))
        if spoken.live and spoken.wants_partial(now):
            spoken.partial_job = self._out.new_job()
            spoken.partial_end = now
            self._jobs[spoken.partial_job] = spoken
            pcm = self._buffer.between(spoken.window, now)
            self._out.do(Transcribe(spoken.partial_job, pcm, True, self._hint()))

    def _stop(self, spoken: Utterance, now: int) -> AudioCommitted:
        self._out.send(SpeechStopped(audio_end_ms=milliseconds(now), item_id=spoken.item_id))
        self._drop_partial(spoken)
        if spoken.tail is None:
            self._cut_to(spoken, now)
        else:
            spoken.keep(spoken.tail)
            spoken.tail = None
        if self._detector is not None:
            self._detector.reset()
        return self._committed(spoken, now)

    def _committed(self, spoken: Utterance, end: int) -> AudioCommitted:
        spoken.end = end
        pcm = self._buffer.between(spoken.start, end)
        self._buffer.drop_before(end)
        self._utterance = None
        self._done[spoken.item_id] = spoken
        return AudioCommitted(spoken.item_id, pcm, self._settled(spoken))

    def _cut_to(self, spoken: Utterance, end: int) -> None:
        """Decodes what is left of an utterance; the recogniser splits what is too long."""
        spoken.keep(self._slot(spoken, self._buffer.between(spoken.window, end), end))

    def _slot(
        self, spoken: Utterance, pcm: Pcm, end: int, guess: bool = False
    ) -> TranscriptSegment:
        job = self._out.new_job()
        self._jobs[job] = spoken
        self._out.do(Transcribe(job, pcm, False, self._hint(), guess))
        return TranscriptSegment(job, end)

    def _hint(self) -> TranscriptionHint:
        asked = self._settings.transcription
        if asked is None:
            return TranscriptionHint()
        languages = asked.languages or []
        language = asked.language or (languages[0] if len(languages) == 1 else None)
        return TranscriptionHint(language, asked.prompt or ", ".join(asked.keywords or []) or None)

    def _settled(self, spoken: Utterance) -> ItemTranscript | None:
        if spoken.failure is not None:
            for slot in spoken.slots:
                self._forget(slot.job)
            return ItemTranscript(spoken.item_id, None, spoken.failure)
        text = spoken.text
        return None if text is None else ItemTranscript(spoken.item_id, text)

    def _drop_partial(self, spoken: Utterance) -> None:
        if spoken.partial_job is not None:
            self._forget(spoken.partial_job)
            spoken.partial_job = None

    def _forget(self, job: int) -> None:
        if self._jobs.pop(job, None) is not None:
            self._out.do(CancelTranscription(job))

    def _delta(self, spoken: Utterance, more: str) -> None:
        if more and spoken.live:
            self._out.send(TranscriptionDelta(item_id=spoken.item_id, delta=more))
