"""The Realtime protocol on the wire: frames, fields and their limits. No state, no I/O."""
