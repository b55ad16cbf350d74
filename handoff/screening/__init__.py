"""Screening: text in, flags out. Pure, and quick enough for every partial transcript."""

from handoff.screening.match import Found as Found
from handoff.screening.match import screen as screen
