"""Draws how often each right label got each first answer, as SVG written by hand: no script, no font, no other host."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from rules.engine import LABELS

CELL, LEFT, TOP = 28, 170, 160


def drawn(counts: Mapping[tuple[str, str], int], title: str) -> str:
    """An SVG picture: rows are right labels, columns first answers, darker is a larger share of the row."""
    size = CELL * len(LABELS)
    width, height = LEFT + size + 20, TOP + size + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-family="sans-serif" '
        'font-size="11">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="10" y="20" font-size="13">{escape(title)}</text>',
    ]
    for place, label in enumerate(LABELS):
        middle = place * CELL + CELL // 2 + 4
        parts.append(f'<text x="{LEFT - 6}" y="{TOP + middle}" text-anchor="end">{label}</text>')
        x = LEFT + middle
        parts.append(f'<text x="{x}" y="{TOP - 6}" transform="rotate(-60 {x} {TOP - 6})">{label}</text>')
        row = {answer: counts.get((label, answer), 0) for answer in LABELS}
        parts += [_cell(place, LABELS.index(a), n, sum(row.values()), a == label) for a, n in row.items()]
    return "\n".join([*parts, "</svg>", ""])


def _cell(row: int, column: int, count: int, total: int, right: bool) -> str:
    """One square; right answers in blue, wrong ones in red, the number in it where there is any."""
    x, y = LEFT + column * CELL, TOP + row * CELL
    share = count / total if total else 0.0
    colour = "#1f5fa8" if right else "#b3261e"
    fill = f'fill="{colour}" fill-opacity="{share:.2f}"'
    square = f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" stroke="#cccccc" {fill}/>'
    if not count:
        return square
    ink = "#ffffff" if share > 0.55 else "#000000"
    return f'{square}<text x="{x + CELL // 2}" y="{y + CELL // 2 + 4}" text-anchor="middle" fill="{ink}">{count}</text>'
