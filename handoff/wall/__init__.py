"""What supervisors see of the whole desk: who waits, who is there, and which talks are live.

Only open rows are read, by their indexes, in as many statements whatever their number. No words of
members are among them.
"""
