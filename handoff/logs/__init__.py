"""What a member's logs tell without a word: energy of whole days, weight, blood sugar, pressure.

`rules` is pure; `rows` reads what it is held against. `handoff.actions.log_findings` acts on it.
"""
