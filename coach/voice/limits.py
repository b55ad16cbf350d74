"""Every limit of a live talk, in one place, with its unit in its name."""

BYTES_PER_MS = 48  # 24 kHz, mono, 16 bit

# Microphone
MIC_FRAME_MAX_BYTES = 100 * BYTES_PER_MS
MIC_QUEUE_FRAMES = 100  # 2 s of 20 ms frames; the oldest is dropped
MIC_KEPT_BYTES = 15_000 * BYTES_PER_MS  # for the next engine; the oldest is dropped
MIC_PREROLL_S = 1.0  # an engine notices speech so long after it began, at most
BARGE_IN_MIN_MS = 200  # shorter sounds (a cough, a click) do not silence the coach
BARGE_IN_LOUD = 0.0055  # of full scale, about -45 dBFS
PRESS_MIN_MS = 100  # of sound under the button; engines refuse less
SHORT_SPEECH_WAIT_S = 1.5  # how long a short sound may wait for its transcript

# Playback
PAGE_FRAME_MAX_MS = 100
PLAY_AHEAD_MS = 4_000  # sent to the page ahead of what it has played
PLAYED_TOLERANCE_MS = 60
PLAYBACK_GRACE_S = 5.0  # a page that reports nothing is taken to have played by then
SPEECH_MS_PER_CHAR = 66  # about 15 characters a second
SPEECH_MAX_CHARS_PER_S = 30
SPEECH_HELD_MAX_MS = 300_000  # received and not sent to the page yet
UINT16 = 0x10000

# Waiting for the engine
RESPONSE_CREATED_S = 8.0
RESPONSE_IDLE_S = 20.0
RESPONSE_END_S = 3.0  # a response whose items are all over and that says nothing more is over
COMPLAINED_S = 4.0  # how long one may say nothing after an error that names no command
CANCEL_DONE_S = 2.5
COMMIT_S = 3.0
MEMBER_SPEECH_MAX_S = 90.0
TRANSCRIPT_S = 10.0
HOLD_MAX_S = 10.0
ENGINES_PER_ANSWER = 3  # that go away over it; what it is about may be what they cannot bear
RETRY_PAUSE_S = 1.0
WAITING_CREATES = 8
COUNTED_S = 2.0  # how long the next answer waits for what the last one cost
TOOL_ROUNDS = 8  # responses to tool results in a row, without a word of the member

# Text
TYPED_MAX_CHARS = 4_000
TYPED_AT_ONCE = 20  # texts within TYPED_WINDOW_S
TYPED_WINDOW_S = 10.0
PICTURE_MAX_CHARS = 3_000_000  # of its data URI, about 2 MB of image
KNOWN_IDS = 1_000  # of calls and typed texts, so that a repetition is known; the oldest goes
CAPTION_MAX_CHARS = 8_000
HEARD_MAX_CHARS = 32_000  # of one utterance, that are screened; a danger may stand at its end
SCREEN_PARTIAL_S = 1.0
SCREEN_COACH_CHARS = 24
HISTORY_TURNS = 24
HISTORY_MAX_CHARS = 8_000
HISTORY_NOTES = 2  # of experts, told again to each new engine

# Relay
TICK_S = 0.25
WRITTEN_S = 1.0  # how long a tool may wait until the words that call it stand in the thread
TOOL_S = 15.0
TOOLS_AT_ONCE = 8
TOOL_OUTPUT_MAX_CHARS = 16_000
TOOL_ARGUMENTS_MAX_CHARS = 16_000
UNSPOKEN_RESULTS = 16  # of tools, that the next engine is told; the oldest goes
RECORD_QUEUE = 256
KEPT_MESSAGES = 64  # for the engine, while there is none; the oldest goes
PAGE_QUEUE_FRAMES = 4_000
PAGE_STUCK_S = 20.0  # a page that takes nothing for so long is given up
CONNECT_S = 10.0
CONFIGURE_S = 2.0  # an engine that has not confirmed its settings by then is taken to have them
CONFIGURE_TRIES = 5
AWAKE_S = 1.0  # the same, from one that says other things
SILENT_S = 0.2  # the same, from one that never confirms; a refusal that comes later still counts
GRUMBLE_S = 1.0  # how long one that refused a setting may still confirm the rest
KNOWN_SERVERS = 64
RECONNECT_FOR_S = 5 * 60.0  # a deploy takes a minute; the last try may end later
RECONNECT_TOLD_S = 2.0  # a shorter loss is none of the member's business
RECONNECT_LONG_S = 10.0  # a longer one outlasts what is kept of the microphone: better to type
UNREACHED_TOLD_S = 4.0  # servers that never confirm their settings take up to three
RECONNECT_FIRST_S = 0.5
RECONNECT_MAX_S = 5.0  # an engine that is back is found within so long
STEADY_S = 10.0  # an engine that lasted this long was back: its loss is the first one again
ROTATE_AFTER_S = 50 * 60.0  # engines end a session at 60 minutes
ROTATE_LATEST_S = 57 * 60.0
ROTATE_AFTER_SHARE = 0.85  # of the session's life, where an engine grants less
ROTATE_LATEST_SHARE = 0.95
ROTATE_RETRY_S = 30.0
SESSION_MAX_S = 60 * 60.0
SESSION_MIN_S = 60.0  # an engine that says its session ends sooner has another clock
QUIET_S = 1.0  # nothing under way for so long: a moment to change the engine
ENGINE_PING_S = 5.0
ENGINE_PONG_S = 15.0  # an engine that answers no ping for so long is gone; busy ones take a while
ENGINE_SEND_S = 10.0  # an engine that takes no command for so long is given up
ENGINE_ID_CHARS = 40  # of an engine's own id that are kept in ours
ENGINE_NAME_CHARS = 1_000  # of an engine's own id; a longer one is known, but never said to it
ENGINE_MESSAGE_MAX_BYTES = 4 * 1024 * 1024
ENGINE_QUEUE_MESSAGES = 64
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
