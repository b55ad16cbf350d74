"""The input side of a session: the audio buffer, turns, and what was said in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from coach.engine import limits
from coach.engine.errors import BadRequest
from coach.engine.protocol.config import AudioInput
from coach.engine.protocol.server_events import SpeechStarted, SpeechStopped
from coach.engine.session.audio import AudioDecoder, InputBuffer, milliseconds, samples
from coach.engine.session.effects import DetectSpeech
from coach.engine.session.output import OutputEvents
from coach.engine.session.transcription_jobs import ItemTranscript, TranscriptionJobs
from coach.engine.session.turn_detection import FRAME, TurnChange, TurnDetector
from coach.engine.session.utterance import Utterance
from coach.voice.pcm import Pcm


@dataclass(frozen=True)
class SpeechBegan:
    """Somebody speaks."""

    item_id: str


@dataclass(frozen=True)
class AudioCommitted:
    """Sound to become an item; `transcript` where its text is known already."""

    item_id: str
    pcm: Pcm
    transcript: ItemTranscript | None


class InputAudio:
    """Takes audio and what the detector and the recogniser make of it."""

    def __init__(self, out: OutputEvents, settings: AudioInput) -> None:
        self._out = out
        self._settings = settings
        self._decoder = AudioDecoder(settings.format)
        self._buffer = InputBuffer()
        self._jobs = TranscriptionJobs(out, settings.transcription)
        self._detector: TurnDetector | None = None
        self._utterance: Utterance | None = None
        self._generation = 0
        self._base = self._detected = 0
        self._restart()

    @property
    def now_ms(self) -> int:
        """Milliseconds of audio ever appended."""
        return milliseconds(self._buffer.end)

    @property
    def item_id(self) -> str | None:
        """The item that the turn under way will be; None while nobody speaks."""
        return None if self._utterance is None else self._utterance.item_id

    # --- the buffer -----------------------------------------------------------------------------

    def configure(self, settings: AudioInput) -> None:
        """New settings. Turning detection on or off forgets a turn under way, not the buffer."""
        old, self._settings = self._settings, settings
        if settings.format != old.format:
            self._decoder = AudioDecoder(settings.format)
        self._jobs.configure(settings.transcription)
        detection = settings.turn_detection
        if (detection is None) != (old.turn_detection is None):
            self._restart()
        elif self._detector is not None and detection is not None:
            self._detector.configure(detection)
        if self._utterance is not None:
            self._utterance.live = self._jobs.live

    def append(self, audio: str) -> None:
        """More sound, base64 in the input format. Raises BadRequest."""
        pcm = self._decoder.decode(audio)
        kept = self._buffer.end - self._buffer.start + pcm.size
        if kept > limits.BUFFER_SECONDS * limits.RATE:
            message = f"The input buffer holds {limits.BUFFER_SECONDS:.0f} s at most."
            raise BadRequest("input_audio_buffer_full", message, "audio")
        self._buffer.append(pcm)
        whole = (self._buffer.end - self._detected) // FRAME * FRAME
        if self._detector is not None and whole:  # less than a frame would wake it for nothing
            end = self._detected + whole
            sound = self._buffer.between(self._detected, end)
            self._out.do(DetectSpeech(self._generation, sound))
            self._detected = end

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
        utterance = self._utterance
        if utterance is None:
            utterance = Utterance(self._out.new_id("item"), self._buffer.start, self._jobs.live)
        elif utterance.tail is not None:
            self._jobs.cancel(utterance.tail.job)
            utterance.tail = None
        self._jobs.drop_partial(utterance)
        self._decode_rest(utterance, self._buffer.end)
        committed = self._committed(utterance, self._buffer.end)
        self._restart()
        return committed

    def commit_silence(self) -> AudioCommitted:
        """An item of the silence in the buffer, whose text is known to be empty."""
        pcm = self._buffer.between(self._buffer.start, self._buffer.end)
        self._buffer.drop_before(self._detected)
        item_id = self._out.new_id("item")
        return AudioCommitted(item_id, pcm, ItemTranscript(item_id, ""))

    # --- speech detection -----------------------------------------------------------------------

    def speech_detected(
        self, generation: int, frames: list[tuple[int, float]]
    ) -> Iterator[SpeechBegan | AudioCommitted]:
        """What the detector's frames mean, in order; sends the speech events itself."""
        for offset, probability in frames:
            if generation != self._generation or self._detector is None:
                return
            start = self._base + offset
            change = self._detector.push(start, probability)
            utterance = self._utterance
            if utterance is None and change is not None and change.kind == "started":
                yield self._begin(change.at, self._detector.padding)
            elif utterance is not None:
                utterance.note(probability, start + FRAME)
                committed = self._follow(utterance, change, start + FRAME)
                if committed is not None:
                    yield committed
            if self._utterance is None:
                self._buffer.drop_before(start - int(limits.IDLE_BUFFER_SECONDS * limits.RATE))

    # --- transcription --------------------------------------------------------------------------

    def transcribed(self, job: int, text: str) -> ItemTranscript | AudioCommitted | None:
        """A decode is done; the item whose words it completes, or whose end it shows."""
        utterance = self._jobs.utterance_of(job)
        if utterance is None:
            return None
        text = " ".join(text.split())
        if job == utterance.partial_job:
            utterance.partial_job = None
            self._jobs.send_delta(utterance, utterance.growth(text))
            return None
        utterance.enter(job, text)
        if utterance.end is not None:
            return self._jobs.transcript(utterance)
        if utterance.tail is not None and utterance.tail.job == job:
            self._jobs.send_delta(utterance, utterance.growth(text))
            if self._detector is not None and self._detector.judge(text) is not None:
                return self._stop(utterance, self._detector.now)
        return None

    def untranscribed(self, job: int, code: str) -> ItemTranscript | None:
        """A decode failed. A failed partial costs nothing; a failed segment fails its item."""
        utterance = self._jobs.utterance_of(job)
        if utterance is None:
            return None
        if job == utterance.partial_job:
            utterance.partial_job = None
            return None
        if utterance.tail is not None and utterance.tail.job == job:
            utterance.tail = None  # only a guess that the turn ends here; the end decodes again
            return None
        utterance.failure = code
        return None if utterance.end is None else self._jobs.transcript(utterance)

    def finish(self, item_id: str, text: str | None) -> None:
        """The deltas' last words, before `completed` or `failed` is sent."""
        self._jobs.finish(item_id, text)

    def transcribe(self, item_id: str, pcm: Pcm) -> None:
        """Decodes sound that came as an item rather than through the buffer."""
        self._jobs.decode_whole(item_id, pcm)

    def forget(self, item_id: str) -> None:
        """Nobody wants the words of this item any more."""
        self._jobs.forget(item_id)

    def decode(self, audio: str, param: str) -> Pcm:
        """Sound of an item, in the input format. Raises BadRequest."""
        return AudioDecoder(self._settings.format).decode_whole(audio, param)

    # --- a turn ---------------------------------------------------------------------------------

    def _restart(self) -> None:
        """Forgets a turn under way and listens afresh from the end of the buffer."""
        if self._utterance is not None:
            self._jobs.forget(self._utterance.item_id)
        self._utterance = None
        self._decoder.forget()
        detection = self._settings.turn_detection
        self._detector = TurnDetector(detection) if detection is not None else None
        self._generation += 1
        self._base = self._detected = self._buffer.end

    def _begin(self, at: int, padding: int) -> SpeechBegan:
        start = max(at - padding, self._buffer.start)
        item_id = self._out.new_id("item")
        self._utterance = Utterance(item_id, start, self._jobs.live)
        self._out.send(SpeechStarted(audio_start_ms=milliseconds(start), item_id=item_id))
        return SpeechBegan(item_id)

    def _follow(
        self, utterance: Utterance, change: TurnChange | None, now: int
    ) -> AudioCommitted | None:
        kind = change.kind if change else None
        if kind == "paused":
            self._jobs.drop_partial(utterance)
            pcm = self._buffer.between(utterance.window, now)
            utterance.tail = self._jobs.decode(utterance, pcm, now, guess=True)
        elif kind == "resumed":
            self._resume(utterance)
        elif kind == "stopped" or now - utterance.start >= limits.TURN_SECONDS * limits.RATE:
            return self._stop(utterance, now)
        elif utterance.tail is None:
            self._keep_up(utterance, now)
        return None

    def _resume(self, utterance: Utterance) -> None:
        tail, utterance.tail = utterance.tail, None
        if tail is None:
            return
        if tail.end - utterance.window >= samples(limits.CHUNK_MS):
            utterance.keep(tail)
        else:
            self._jobs.cancel(tail.job)

    def _keep_up(self, utterance: Utterance, now: int) -> None:
        """Decodes what is said while it goes on: whole segments, and glances for the client."""
        cut = utterance.wants_cut(now)
        if cut is not None:
            self._jobs.drop_partial(utterance)
            self._decode_rest(utterance, cut)
        if utterance.live and utterance.wants_partial(now):
            pcm = self._buffer.between(utterance.window, now)
            self._jobs.decode_partial(utterance, pcm, now)

    def _stop(self, utterance: Utterance, now: int) -> AudioCommitted:
        stopped = SpeechStopped(audio_end_ms=milliseconds(now), item_id=utterance.item_id)
        self._out.send(stopped)
        self._jobs.drop_partial(utterance)
        if utterance.tail is None:
            self._decode_rest(utterance, now)
        else:
            utterance.keep(utterance.tail)
            utterance.tail = None
        if self._detector is not None:
            self._detector.reset()
        return self._committed(utterance, now)

    def _committed(self, utterance: Utterance, end: int) -> AudioCommitted:
        utterance.end = end
        pcm = self._buffer.between(utterance.start, end)
        self._buffer.drop_before(end)
        self._utterance = None
        return AudioCommitted(utterance.item_id, pcm, self._jobs.committed(utterance))

    def _decode_rest(self, utterance: Utterance, end: int) -> None:
        """Decodes what is left until there; the recogniser splits what is too long."""
        pcm = self._buffer.between(utterance.window, end)
        utterance.keep(self._jobs.decode(utterance, pcm, end))
