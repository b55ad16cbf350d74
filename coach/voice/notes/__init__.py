"""Voice notes: a recording or a text goes in, the coach's answer comes out, without a live line.

`exchange.py` has the rules, `realtime.py` and `chat/` are the two protocols that answer notes.
"""
