"""Clock times: how each language tells them, and which half of the day is meant."""
