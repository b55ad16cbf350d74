"""Pages of the desk and what a member may ask of it."""
