"""What a sentence means, as a vector: near to those of sentences that say the same.

It knows no framework and no feature. One model, in 16 languages, is loaded once by each process
that asks for a vector. Alone it knows no negation, no amounts and not who is meant: rules and
grammar do.

- Sentences to vectors?  `encoder.py`
- What does the model read?  `plain_text.py`
- What fills a sentence, and slips in telling words?  `plain_speech.py`, `slips.py`
- Does it ask, plan, deny? Was something eaten?  `facts.py`, `eaten.py`
- Is it a yes or a no, and nothing else?  `agreement.py`
- What do simple sentences of other languages mean in English?  `in_english.py`
- Do a few words go on with what was just asked?  `follows.py`
- Is a change asked for, or forbidden?  `left_alone.py`
- Who is somebody else, and whose doings are told?  `people.py`, `others.py`
- Vectors of sentences that never change?  `fixed.py`, kept on disk
"""
