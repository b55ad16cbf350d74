"""An engine's events in our words, whatever dialect of the protocol it speaks.

The protocol's own order and fields need no memory. But servers that claim it leave out ids, never
say that a response began, transcribe before they commit, or report a tool call only at the end of a
response. A `Reader` follows one connection and fills in what was left out, so that the rules of a
talk see one order of events only. Each family of upstream events has a module of its own.
"""

from coach.voice.realtime.reader.reader import Reader as Reader
