"""The pure core of a live talk: rules, relay, and the client of the Realtime protocol."""
