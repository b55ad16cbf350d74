"""Which decodes are under way, whose words they are, and what the client is told meanwhile."""

from dataclasses import dataclass

from coach.engine.protocol.config import Transcription
from coach.engine.protocol.server_events import TranscriptionDelta
from coach.engine.session.effects import CancelTranscription, Transcribe
from coach.engine.session.output import OutputEvents
from coach.engine.session.utterance import TranscriptSegment, Utterance
from coach.engine.stt.types import NO_HINT, TranscriptionHint
from coach.voice.pcm import Pcm


@dataclass(frozen=True)
class ItemTranscript:
    """The text of a committed item; None if it could not be decoded, and `code` says why."""

    item_id: str
    text: str | None
    code: str | None = None


class TranscriptionJobs:
    """Starts, cancels and collects the decodes of utterances."""

    def __init__(self, out: OutputEvents, asked: Transcription | None) -> None:
        self._out = out
        self._asked = asked
        self._jobs: dict[int, Utterance] = {}
        self._unfinished: dict[str, Utterance] = {}  # committed, and not all told to the client

    def configure(self, asked: Transcription | None) -> None:
        """What the client wants to be told of transcripts, from now on."""
        self._asked = asked

    @property
    def live(self) -> bool:
        """Whether the client is told the words as they come."""
        return self._asked is not None

    def utterance_of(self, job: int) -> Utterance | None:
        """Whose words a finished job has; None where nobody waits for them."""
        return self._jobs.pop(job, None)

    def decode_whole(self, item_id: str, pcm: Pcm) -> None:
        """Decodes sound that came as an item rather than through the buffer."""
        utterance = Utterance(item_id, 0, False, end=pcm.size)
        utterance.keep(self.decode(utterance, pcm, pcm.size))

    def decode(
        self, utterance: Utterance, pcm: Pcm, end: int, *, guess: bool = False
    ) -> TranscriptSegment:
        """Decodes a segment that ends at this sample. `guess`: the turn may go on."""
        job = self._out.new_job()
        self._jobs[job] = utterance
        self._out.do(Transcribe(job, pcm, False, self._hint(), guess))
        return TranscriptSegment(job, end)

    def decode_partial(self, utterance: Utterance, pcm: Pcm, now: int) -> None:
        """Decodes unfinished speech for the client to see."""
        job = self._out.new_job()
        utterance.partial_job, utterance.partial_end = job, now
        self._jobs[job] = utterance
        self._out.do(Transcribe(job, pcm, True, self._hint()))

    def drop_partial(self, utterance: Utterance) -> None:
        """Something better is on its way."""
        if utterance.partial_job is not None:
            self.cancel(utterance.partial_job)
            utterance.partial_job = None

    def cancel(self, job: int) -> None:
        """Nobody waits for this job any more."""
        if self._jobs.pop(job, None) is not None:
            self._out.do(CancelTranscription(job))

    def forget(self, item_id: str) -> None:
        """Nobody wants the words of this item any more."""
        for job in [job for job, one in self._jobs.items() if one.item_id == item_id]:
            self.cancel(job)
        self._unfinished.pop(item_id, None)

    def committed(self, utterance: Utterance) -> ItemTranscript | None:
        """A turn has ended: its transcript, if it is known already."""
        self._unfinished[utterance.item_id] = utterance
        return self.transcript(utterance)

    def transcript(self, utterance: Utterance) -> ItemTranscript | None:
        """The words of a turn that has ended; None while some are still being decoded."""
        if utterance.failure is not None:
            for segment in utterance.segments:
                self.cancel(segment.job)
            return ItemTranscript(utterance.item_id, None, utterance.failure)
        text = utterance.text
        return None if text is None else ItemTranscript(utterance.item_id, text)

    def finish(self, item_id: str, text: str | None) -> None:
        """Sends the last delta, before `completed` or `failed` is sent."""
        utterance = self._unfinished.pop(item_id, None)
        if utterance is not None and text is not None:
            self.send_delta(utterance, utterance.rest(text))

    def send_delta(self, utterance: Utterance, more: str) -> None:
        """Sends words that are sure, where the client wants them."""
        if more and utterance.live:
            self._out.send(TranscriptionDelta(item_id=utterance.item_id, delta=more))

    def _hint(self) -> TranscriptionHint:
        if self._asked is None:
            return NO_HINT
        languages = self._asked.languages or []
        language = self._asked.language or (languages[0] if len(languages) == 1 else None)
        prompt = self._asked.prompt or ", ".join(self._asked.keywords or []) or None
        return TranscriptionHint(language, prompt)
