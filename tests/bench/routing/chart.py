"""The waits as a chart: for each tier the 95th percentile of each rule, on a logarithmic scale."""

from collections.abc import Sequence
from math import log10

from handoff.timeouts import TARGET
from tests.bench.routing.results import Result

WIDTH, HEIGHT, LEFT, BASE, TOP = 760, 380, 58, 318, 56
LOW, HIGH = 1.0, 100_000.0  # seconds at the base, and at the top
COLOURS = ("#b9b2a6", "#8f9bb3", "#d9a441", "#1f8a5b")
LINES = ((1, "1 s"), (10, "10 s"), (60, "1 min"), (600, "10 min"), (3600, "1 h"), (36_000, "10 h"))


def draw(found: Sequence[Result]) -> str:
    """The chart as SVG. A short line across a group is what its tier is promised."""
    step = (WIDTH - LEFT - 16) / 5
    bar = step * 0.8 / len(found)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="system-ui, sans-serif" font-size="12" fill="#3a362f">',
        "<title>Waiting for the first word of a person, 95th percentile by tier</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fbf9f5"/>',
    ]
    for seconds, words in LINES:
        y = _level(seconds)
        parts.append(f'<path d="M{LEFT} {y}H{WIDTH - 16}" stroke="#e3ded3"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{words}</text>')
    for number, result in enumerate(found):
        x = LEFT + number * 150
        parts.append(f'<rect x="{x}" y="20" width="12" height="12" fill="{COLOURS[number]}"/>')
        parts.append(f'<text x="{x + 18}" y="30">{result.name}</text>')
    for tier in range(5):
        x = LEFT + tier * step + step * 0.1
        for number, result in enumerate(found):
            y = _level(result.p95(tier))
            parts.append(
                f'<rect x="{x + number * bar:.1f}" y="{y}" width="{bar - 2:.1f}" '
                f'height="{BASE - y:.1f}" fill="{COLOURS[number]}"/>'
            )
        limit = _level(TARGET[tier].total_seconds())
        parts.append(
            f'<path d="M{x - 4:.1f} {limit}h{step * 0.8 + 6:.1f}" stroke="#b3261e" '
            'stroke-width="2" stroke-dasharray="5 3"/>'
        )
        parts.append(
            f'<text x="{x + step * 0.4:.1f}" y="{BASE + 20}" text-anchor="middle">P{tier}</text>'
        )
    parts.append(
        f'<text x="{LEFT}" y="{BASE + 44}">Waiting for the first word, 95 % of members. '
        "Dashed: what is promised.</text></svg>\n"
    )
    return "\n".join(parts)


def _level(seconds: float) -> float:
    share = log10(max(seconds, LOW) / LOW) / log10(HIGH / LOW)
    return round(BASE - (BASE - TOP) * share, 1)
