"""Every limit of a live talk, in one place, with its unit in its name."""

from coach.voice.pcm import BYTES_PER_MS as BYTES_PER_MS

# Microphone
MIC_FRAME_MAX_BYTES = 100 * BYTES_PER_MS
MIC_QUEUE_FRAMES = 100  # 2 s of 20 ms frames; the oldest is dropped
MIC_REPLAY_BYTES = 15_000 * BYTES_PER_MS  # kept for the next connection; the oldest is dropped
MIC_SAMPLE_FRAMES = 10  # one of so many is looked at while no speech is in progress
MIC_PREROLL_S = 1.0  # an engine notices speech at most this long after its beginning
BARGE_IN_MIN_MS = 200  # shorter sounds (a cough, a click) do not silence the coach
BARGE_IN_LOUD = 0.0055  # of full scale, about -45 dBFS
PRESS_MIN_MS = 100  # of sound under the button; engines refuse less
PAUSE_MS = 500  # between two sounds of one utterance; less is a consonant, or a breath
ONSET_MS = 1_000  # before an engine notices speech: so far back its first sound is looked for
ONSET_GAP_MS = 300  # of quiet before that first sound
QUIET_AT_END_S = 0.15  # at the end of an utterance, before an engine says that it is over
RESPONSE_MAX_S = 60.0  # who is silent for longer has not thought about the answer
TIMED_IDS = 16  # without their words yet; the oldest is not timed
SHORT_SPEECH_WAIT_S = 1.5  # a short sound waits so long for its transcript

# Playback
PAGE_FRAME_MAX_MS = 100
PLAY_AHEAD_MS = 4_000  # sent to the page ahead of what it has played
PLAYED_TOLERANCE_MS = 60
PLAYBACK_GRACE_S = 5.0  # a page that reports nothing is taken to have played by then
SPEECH_MS_PER_CHAR = 66  # about 15 characters a second
SPEECH_MAX_CHARS_PER_S = 30
SLOWEST_SPEED = 0.6  # of a voice's own: below it words fall apart
FASTEST_SPEED = 1.5
SPEECH_QUEUED_MAX_MS = 300_000  # received from the engine and not sent to the page yet
LIVE_INDEX = 0xFFFF  # of the sound of a person who speaks; the coach's items count below it
LIVE_HEARD_S = 1.0  # a person is heard if what they sent before then has arrived
LIVE_STATUS_S = 0.25  # so often an end that sends no sound says what has arrived
LIVE_FRAMES = 10  # of such sound wait for a page that takes nothing, 0.2 s; the oldest is dropped

# The words of an expert who speaks
DICTATION_PAUSE_S = 0.3  # without a frame: the microphone was muted, the utterance is over
DICTATION_SILENCE_MS = 400  # beyond the engine's own window, so that it notices the end
DICTATION_LAST_S = 4.0  # the last words may come so long after the last sound
DICTATION_OPEN = 20  # utterances without their words yet; the oldest is given up
DICTATION_KEPT_S = 1.0  # of sound before speech, for the next connection

# Waiting for the engine
RESPONSE_CREATED_S = 8.0
UNANSWERED_CREATES = 2  # in a row; an engine that answers nothing is left for a new connection
RESPONSE_IDLE_S = 20.0
RESPONSE_END_S = 3.0  # a response is over when its items are and nothing came for so long
FAULT_TIMEOUT_S = 4.0  # the idle timeout of a response after an error that names no command
CANCEL_DONE_S = 2.5
COMMIT_S = 3.0
MEMBER_SPEECH_MAX_S = 90.0
SPEECH_UNENDED_S = 9.0  # of quiet; engines that weigh the words may wait for 8
TRANSCRIPT_S = 9.5
UNHEARD_LOUD_MS = 5_000  # the member is told of more sound than that if no speech is found in it
UNHEARD_AWAY_MS = 1_000  # of sound that no engine was there for; less is no speech
UNHEARD_PAUSE_S = 3.0  # a quiet time that ends such sound
HOLD_MAX_S = 10.0
ENGINES_PER_ANSWER = 3  # connections lost over one answer: it may be what breaks them
RETRY_PAUSE_S = 1.0
PENDING_REQUESTS = 8
USAGE_COUNTED_S = 2.0  # the next answer waits so long until the last one is counted
TOOL_ROUNDS = 8  # responses to tool results in a row, without a word of the member
TOOL_ROUNDS_SILENT = 3  # the same, in which the coach says nothing either

# Text
TYPED_MAX_CHARS = 4_000
TYPED_AT_ONCE = 20  # texts within TYPED_WINDOW_S
TYPED_WINDOW_S = 10.0
PICTURE_MAX_CHARS = 3_000_000  # of its data URI, about 2 MB of image
RECENT_IDS = 1_000  # for deduplication, of each kind of id; the oldest is forgotten
CAPTION_MAX_CHARS = 8_000
HEARD_MAX_CHARS = 32_000  # of one utterance are screened; a danger may stand at its end
SCREEN_PARTIAL_S = 1.0
SCREEN_COACH_CHARS = 24
HISTORY_TURNS = 24
HISTORY_MAX_CHARS = 8_000
HISTORY_NOTES = 2  # of experts, sent to each new engine connection

# Relay
TICK_S = 0.25
TURNS_WRITTEN_S = 1.0  # a tool waits so long until the words that call it are written
TOOL_S = 15.0
TOOLS_AT_ONCE = 8
TOOL_EFFECTS = 16  # of calls that are not done again; the oldest is forgotten
TOOL_OUTPUT_MAX_CHARS = 16_000
TOOL_ARGUMENTS_MAX_CHARS = 16_000
UNSPOKEN_RESULTS = 16  # of tools, sent to the next engine connection; the oldest is dropped
RECORD_QUEUE = 256
PENDING_MESSAGES = 64  # for the engine, while there is none; the oldest is dropped
PAGE_QUEUE_FRAMES = 4_000
PAGE_STUCK_S = 20.0  # a page that takes nothing for so long is disconnected
CONNECT_S = 10.0
CONFIGURE_S = 2.0  # settings that are not confirmed by then are taken to be in force
CONFIGURE_TRIES = 5
CONFIGURE_ACTIVE_S = 1.0  # the same, for a server that sends other events meanwhile
CONFIGURE_UNCONFIRMED_S = 0.2  # the same, for one that never confirms; a late refusal counts
CONFIGURE_REFUSED_S = 1.0  # a server that refused a setting may still confirm the rest
QUIRKS_SERVERS = 64  # whose quirks are remembered; the oldest is forgotten
RECONNECT_FOR_S = 5 * 60.0  # a deploy takes a minute; the last attempt may end later
ENGINE_AGAIN_S = 60.0  # after that, where a person needs none, it is tried anew
RECONNECTING_SHOWN_S = 2.0  # a shorter loss is not shown to the member
RECONNECT_LONG_S = 10.0  # a longer one outlasts MIC_REPLAY_BYTES: the member had better type
UNREACHABLE_SHOWN_S = 4.0  # servers that never confirm their settings take up to 3 s
BACKOFF_FIRST_S = 0.5
BACKOFF_MAX_S = 5.0  # an engine that is back is reached within so long
RETRY_AFTER_MAX_S = 60.0  # a server that asks for a longer pause is dialled all the same
REFUSALS = 3  # of one code in a row are final, if they last for one of the next two
REFUSED_FIRST_S = 5.0  # where no engine has served the talk yet
REFUSED_BACK_S = 60.0  # where one has: a server that is being replaced takes a while
BACKOFF_RESET_S = 10.0  # the loss of a connection that lasted so long begins a new backoff
ROTATE_AFTER_S = 50 * 60.0  # engines end a session at 60 minutes
ROTATE_LATEST_S = 57 * 60.0
ROTATE_AFTER_SHARE = 0.85  # of the session's life, where an engine grants less
ROTATE_LATEST_SHARE = 0.95
ROTATE_RETRY_S = 30.0
SESSION_MAX_S = 60 * 60.0
SESSION_MIN_S = 60.0  # an engine that says its session ends sooner has a wrong clock
ROTATE_IDLE_S = 1.0  # nothing under way for so long: a moment to change the connection
ENGINE_PING_S = 5.0
ENGINE_PONG_S = 15.0  # an engine without a pong for so long is gone; busy ones take a while
ENGINE_SEND_S = 10.0  # an engine that takes no command for so long is disconnected
ENGINE_ID_CHARS = 40  # of an engine's own id are part of ours
ENGINE_NAME_CHARS = 1_000  # a longer id is recognised, but never sent back
ENGINE_MESSAGE_MAX_BYTES = 4 * 1024 * 1024
ENGINE_QUEUE_MESSAGES = 64
ENGINE_READ_BYTES = 4 * 1024  # read at a time
ENGINE_BUFFER_BYTES = 8 * 1024  # of a connection; longer frames have buffers of their own
ENGINE_TLS_BUFFER_BYTES = 32 * 1024  # two records
ENGINE_WRITE_BYTES = 256 * 1024
ENGINE_CONGESTED_BYTES = 64 * 1024

# Voice notes
NOTE_MIN_MS = 300
NOTE_MAX_MS = 2 * 60 * 1000
NOTE_CHUNK_BYTES = 1_000 * BYTES_PER_MS
NOTE_TRANSCRIPT_S = 75.0  # for a recording of NOTE_MAX_MS
NOTE_ROUNDS = 6  # answers that call tools; the next one may not
NOTE_REPLY_MAX_MS = 3 * 60 * 1000
NOTE_S = 150.0  # for all of it
NOTE_HTTP_CONNECT_S = 10.0
NOTE_HTTP_READ_S = 75.0
NOTE_HTTP_MAX_BYTES = 24 * 1024 * 1024  # an answer of NOTE_REPLY_MAX_MS as base64, and its words
