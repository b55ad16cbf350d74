"""Client of the Realtime protocol, the only place that knows its field names."""

from coach.voice.realtime.client import EngineTarget as EngineTarget
from coach.voice.realtime.client import RealtimeEngine as RealtimeEngine
from coach.voice.realtime.client import connect as connect
from coach.voice.realtime.errors import EngineError as EngineError
from coach.voice.realtime.settings import EngineSettings as EngineSettings
from coach.voice.realtime.settings import ToolDefinition as ToolDefinition
