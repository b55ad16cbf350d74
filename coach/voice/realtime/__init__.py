"""Client of the Realtime protocol, the only place that knows its field names.

`client.py` is a connection: `transport.py` carries frames, `handshake.py` opens the session,
`reader/` turns the server's events into ours, `encode.py` our commands into frames. `quirks.py`
remembers what a server lacks, `applied_settings.py` checks what it has applied.
"""

from coach.voice.realtime.client import RealtimeEngine as RealtimeEngine
from coach.voice.realtime.client import connect as connect
from coach.voice.realtime.errors import EngineError as EngineError
from coach.voice.realtime.settings import EngineSettings as EngineSettings
from coach.voice.realtime.settings import ToolDefinition as ToolDefinition
from coach.voice.realtime.target import EngineTarget as EngineTarget
from coach.voice.realtime.translation import TranslationEngine as TranslationEngine
from coach.voice.realtime.translation import connect_to_translate as connect_to_translate
