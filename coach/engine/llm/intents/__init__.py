"""What kind of request a sentence is: a linear machine on its vector and on plain facts of grammar.

- Which kinds are there?            `kinds.py`
- What grammar knows of a sentence? `coach/meaning/facts.py`
- When must a tool not be taken?    `gates.py`
- Sentences to probabilities?       `machine.py`, trained by `train.py` on `data/`
- How good is it?                   `README.md`
"""
