"""Every limit, timeout and default of the embedded engine, each with its name and unit."""

from typing import Final

# The wire
RATE: Final = 24_000  # samples per second of audio/pcm, the only rate inside the engine
PATH: Final = "/v1/realtime"
APPEND_BYTES: Final = 15 * 1024 * 1024  # audio in one append event, before it is base64
FRAME_BYTES: Final = APPEND_BYTES * 4 // 3 + 1024 * 1024  # one WebSocket message
HEAD_BYTES: Final = 64 * 1024  # request line and headers
BODY_BYTES: Final = 256 * 1024  # of a plain HTTP request
EVENT_ID_CHARS: Final = 512
DELTA_MS: Final = 100  # audio in one response.output_audio.delta, at most
UNSENT_EVENTS: Final = 256  # events waiting for a slow reader before speech pauses
UNSENT_EVENTS_MAX: Final = 20_000  # and before the connection is given up
PING_SECONDS: Final = 20.0
OPEN_SECONDS: Final = 10.0  # for a plain request and its answer, and for a handshake
STOP_SECONDS: Final = 6  # for all connections, when the server stops: each has five to close

# Sessions
SECRETS: Final = 1_000  # client secrets that have not expired, in one process
SECRET_SECONDS: Final = 600
SECRET_SECONDS_MIN: Final = 10
SECRET_SECONDS_MAX: Final = 7_200
SESSION_SECONDS: Final = 3_600.0
SESSIONS: Final = 200  # at a time, in one process that was told no other number
SPARE_SESSIONS: Final = 4  # beyond the talks a site admits
MODEL_CHARS: Final = 128
INSTRUCTION_CHARS: Final = 128 * 1024
TOOLS: Final = 128
TOOL_BYTES: Final = 64 * 1024  # the JSON of one tool
JSON_DEPTH: Final = 64  # lists and objects in each other, in a tool and in what tracing is told
ITEMS: Final = 2_000  # in one conversation
ITEM_CHARS: Final = 256 * 1024  # text of one item, over its parts
ITEM_PARTS: Final = 64
PICTURE_CHARS: Final = 4 * 1024 * 1024  # one picture, as a data URI
PICTURES_KEPT: Final = 4  # newest pictures of a conversation that the model still sees
METADATA_PAIRS: Final = 16
METADATA_KEY_CHARS: Final = 64
METADATA_VALUE_CHARS: Final = 512
KEPT_AUDIO_SECONDS: Final = 60.0  # kept for retrieval: 2.9 MB, as base64 3.8; clients take 8 MiB

# Speech to text
BUFFER_SECONDS: Final = 360.0  # the input buffer (an append of 15 MiB is 328 s of audio/pcm)
IDLE_BUFFER_SECONDS: Final = 20.0  # of it kept while a detector listens and nobody speaks
COMMIT_MS: Final = 100  # the least audio a commit takes
VAD_BACKLOG_SECONDS: Final = 30.0  # audio waiting for the detector before reading pauses
VAD_BACKLOG_SECONDS_MAX: Final = VAD_BACKLOG_SECONDS + BUFFER_SECONDS  # one append more
VAD_SLICE_SECONDS: Final = 1.0  # audio given to the detector at once, so that the loop breathes
START_FRAMES: Final = 2  # frames of speech in a row that make its start
RELEASE_MARGIN: Final = 0.15  # below the threshold: where speech ends once it has begun
PAUSE_MS: Final = 96  # silence after which the final decode starts on speculation
PARTIAL_MS: Final = 500  # new speech between two partial decodes
CHUNK_MS: Final = 8_000  # speech after which a pause ends a piece of the transcript
CHUNK_MAX_MS: Final = 13_000  # speech after which a piece ends at its quietest frame
CHUNK_LOOKBACK_MS: Final = 3_000
EAGERNESS_MS: Final = {"low": 8_000, "medium": 4_000, "auto": 4_000, "high": 2_000}
SENTENCE_END_MS: Final = {"low": 1_000, "medium": 700, "auto": 700, "high": 400}
TURN_SECONDS: Final = 300.0  # one turn of speech ends here at the latest
TRANSCRIBE_SECONDS: Final = 60.0  # the time a decode may take

# Responses
PARALLEL_RESPONSES: Final = 4  # out-of-band responses at a time
OUTPUT_TOKENS: Final = 4_096
WORDS_READ: Final = 120  # of what somebody says, to tell what it is for; a tool is given all
CHARS_READ: Final = 1_000  # of the same
TOOL_SETS: Final = 64  # sets of tools whose meaning one process knows
# For what words mean; after that they are only compared, and more of them are misread. The first
# answers of a process wait for what meaning needs, which takes some three seconds.
MEANING_SECONDS: Final = 1.0
MEANING_LOADS_SECONDS: Final = 8.0
LLM_PIECE_SECONDS: Final = 30.0  # the language model's time for its next piece
TTS_PIECE_SECONDS: Final = 30.0  # the synthesiser's time for its next chunk
AUDIO_IN_TOKEN_MS: Final = 100
AUDIO_OUT_TOKEN_MS: Final = 50
CHARS_PER_TOKEN: Final = 4
SPEECH_CHARS: Final = 500  # of a text that is spoken without a session
SPEECH_SECONDS: Final = 8.0  # for all of its sound, within OPEN_SECONDS
REQUESTS_PER_MINUTE: Final = 240
CONTEXT_TOKENS: Final = 124_000  # of a conversation, beside instructions and tools
TOKENS_PER_MINUTE: Final = 4_000_000

# Endpoints: other servers as stt, llm or tts
ENDPOINT_CONNECT_SECONDS: Final = 5.0
ENDPOINT_READ_SECONDS: Final = 30.0  # without a byte
ENDPOINT_KEEP_SECONDS: Final = 60.0  # an idle connection
ENDPOINT_CONNECTIONS_EACH: Final = 3  # of a session: its stt, llm and tts
ENDPOINT_TAIL_SECONDS: Final = 1.0  # for the usage that follows a finished answer
ENDPOINT_CLOSE_SECONDS: Final = 0.2  # for the end of a stream that said it is done
ENDPOINT_LINE_BYTES: Final = 1024 * 1024  # one line of a stream
ENDPOINT_ANSWER_BYTES: Final = 4 * 1024 * 1024  # one answer, as streamed
ENDPOINT_ERROR_BYTES: Final = 16 * 1024  # of an error's body
ENDPOINT_UNCUT_CHARS: Final = 2000  # of an answer in which no sentence ends
ENDPOINT_CALLS: Final = 32  # tool calls in one answer
ENDPOINT_STT_SECONDS: Final = 20.0  # a transcription, from the first byte to the last
ENDPOINT_RECORDING_BYTES: Final = 20 * 1024 * 1024  # a recording
ENDPOINT_TRANSCRIPT_BYTES: Final = 256 * 1024
ENDPOINT_GUESS_SECONDS: Final = 0.2  # more silence before a pause is worth a request
ENDPOINT_SPEECH_SECONDS: Final = 120.0  # sound of one sentence
ENDPOINT_SOUND_MS: Final = 100  # sound that is passed on at once
SPEECH_CHARS_PER_SECOND: Final = 15.0  # to put words to sound whose length is not known yet

# Close codes
CLOSE_GOING_AWAY: Final = 1001
CLOSE_EXPIRED: Final = 1001
CLOSE_FAILED: Final = 1011
CLOSE_OVERLOADED: Final = 1013
CLOSE_UNAUTHORISED: Final = 3000
CLOSE_REFUSED: Final = 4000
