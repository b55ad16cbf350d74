"""How many sentences are read right, by language and kind: `python -m tests.entities.measure`.

With `aside`: those that were put aside before any code was written, which nothing was fitted to.
"""

import sys
from collections import defaultdict

from coach.entities import ClockTime, Day, Recurrence, Span, read_entities
from tests.entities.sentences import NOW, TODAY, read, sentences, written


def main(aside: bool, language: str) -> None:
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for expected in sentences():
        if expected.aside != aside or (language and expected.language != language):
            continue
        found = read(expected)
        right = sorted(found) == sorted(expected.holds)
        for key in ((expected.language, expected.kind), (expected.language, "all")):
            counts[key][0] += right
            counts[key][1] += 1
        if not right and not aside:
            print(f"{expected.language} {expected.kind}: {expected.said}")
            print(f"    {'; '.join(found)}  not  {'; '.join(expected.holds)}")
    for (of, kind), (right, every) in counts.items():
        print(f"{of} {kind}: {right} of {every} ({right / every:.0%})")
    lines = written("recipes")
    false = [line for line in lines if invented(line)]
    print(
        f"false times and days: {len(false)} in {len(lines)} lines of recipes", *false, sep="\n  "
    )


def invented(line: str) -> bool:
    found = read_entities(line, today=TODAY, now=NOW)
    return any(isinstance(entity, ClockTime | Day | Span | Recurrence) for entity in found)


if __name__ == "__main__":
    main("aside" in sys.argv, next((arg for arg in sys.argv[1:] if arg != "aside"), ""))
