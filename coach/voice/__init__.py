"""The pure core of a live talk. It knows no Django, no Channels, no Celery and no Redis.

Which module answers what question:

- What happens in a talk?  `inputs.py` (page, application), `engine_events.py` (engine)
- What is done about it?  `effects.py` (page, application), `engine_commands.py` (engine)
- Which event leads to which effects?  `conversation/`, through `Conversation.handle`
- Who runs a talk?  `relay.py`; it connects what `interfaces.py` describes
- What goes to the page, and in which order?  `page_output.py`, `ordered_sender.py`
- Which engine is in use, and what must the next one know?  `engine_link.py`, `history.py`
- When is an engine dialled again, or changed?  `reconnect.py`, `backoff.py`, `refusals.py`,
  `rotation.py`
- How does the member's audio reach the engine?  `microphone.py`
- Who runs the coach's tools and writes turns down?  `tool_runner.py`, `turn_recorder.py`
- How is an engine spoken to?  `realtime/`, the only owner of the protocol's field names
- How does an expert's voice go to the member and back?  `live_sound.py`
- Who writes down what an expert says?  `dictation.py`
- How is a voice note answered?  `notes/`
- How long, how many, how large?  `limits.py`, each with its unit in its name
- What is in a sample or a recording?  `pcm.py`, `g711.py`, `wav.py`
- Small things: `clock.py`, `cancel.py`, `recent_ids.py` (deduplication), `private_address.py`
"""
