"""Text to speech: English, on the processor, offline."""
