"""Speech to text: voice activity detection and a recogniser. English, on the processor, offline."""
