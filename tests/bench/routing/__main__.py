"""Run the simulation; see `tests.bench.routing`."""

import argparse
from pathlib import Path

from tests.bench.routing.chart import draw
from tests.bench.routing.results import compare, table


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare four rules of routing.")
    parser.add_argument("--days", type=int, default=10)
    parser.add_argument("--svg", type=Path)
    args = parser.parse_args()
    found = compare(range(args.days))
    print(table(found))
    if args.svg:
        args.svg.write_text(draw(found))


main()
