"""What supervisors read of the desk's work: figures, each a drawing and a table of the same rows.

Sums only. No words of members and no names of members are read here, let alone shown.
"""
