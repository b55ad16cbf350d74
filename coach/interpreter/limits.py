"""Limits of the interpreter, each with its unit in its name."""

from datetime import timedelta

from coach.voice.limits import BYTES_PER_MS

# Sound to a translation session
CHUNK_MS = 200  # it translates frames of so much
CHUNK_BYTES = CHUNK_MS * BYTES_PER_MS
CHUNKS_WAITING = 15  # 3 s that no session has taken; the oldest is dropped
AHEAD_MS = 3_000  # more sound of a microphone than time has passed: what is beyond is dropped
QUIET_S = 0.3  # without a frame of the microphone: silence is sent in its place
DRAIN_S = 5.0  # after `session.close`, the last words come within so long

# Whose words are played
RUN_GAP_S = 0.6  # without a word heard: somebody else may have begun
UNDECIDED_S = 2.5  # after the first word, whoever spoke last is taken to speak
SEGMENT_GAP_S = 0.5  # without output: what comes next belongs to what was said since
SILENT = 0.002  # of full scale, of translated sound
PAUSE_S = 0.6  # so much silence is played between two words
TAIL_S = 6.0  # so long a translation goes on after somebody else has begun
LINE_QUIET_S = 2.5  # without a word or a sound: the line is whole
LINE_MAX_CHARS = 600  # a longer line ends with its next word
HELD_MS = 6_000  # of translated sound, while it is not known who speaks; the oldest is dropped
HELD_TEXTS = 200  # pieces of translated text meanwhile
ECHO_S = 8.0  # words of the loudspeaker come back within so long
ECHO_CHARS = 400  # of what was said last are compared

# A model that translates by instructions
UTTERANCE_MAX_CHARS = 2_000  # a longer one is translated in parts
UTTERANCES_WAITING = 8  # that are not translated yet; the oldest is left out
RESPONSE_S = 20.0  # an answer takes no longer, or the next utterance has its turn

# Meetings
LINES_SHOWN = 200  # the last ones, on the live page
MEETINGS_SHOWN = 20  # on one page of them
MEETINGS_ENDED = 500  # that were left open, in one look
LINES_MAX = 5_000  # of one meeting
LINK_LIVES = timedelta(hours=2)  # an invitation that nobody has used
LEFT_OPEN = timedelta(hours=12)  # without anybody at a page of it: it ends by itself
LINK_CHARS = 32  # of its secret, as bytes
LINKS_MAX = 50  # of one meeting
NAME_MAX_CHARS = 60

# Sockets
HELLO_S = 10.0
LOOK_S = 1.0  # the rows of all live meetings of a process are looked at so often
SEEN = timedelta(seconds=15)  # a person whose socket says nothing for so long is not there
IDLE_S = 180.0  # without a word heard: the interpreter rests, since silence costs as speech does
BAD_MESSAGES = 20
BUS_FRAMES = 600  # a minute of sound on its way to the other's page; more is dropped
COUNT_S = 30.0  # what was sent is written down so often
