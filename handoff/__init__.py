"""The desk: screening, calls for a person, and the experts who answer them."""

import coach as coach  # first of all: it says how many threads numpy may have
