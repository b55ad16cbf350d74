"""What to say and which tool to take."""
