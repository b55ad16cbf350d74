"""How long members wait under four rules of routing: a simulation, without a process of ours.

python -m tests.bench.routing [--days 10] [--svg docs/routing.svg]
"""
