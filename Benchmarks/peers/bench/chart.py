"""A small line chart on logarithmic axes, as SVG."""

from dataclasses import dataclass
from math import ceil, floor, log10

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 40, 50
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"]


@dataclass(frozen=True)
class Line:
    name: str
    values: list[float]
    is_reference: bool = False


def chart(title: str, x_title: str, x: list[float], lines: list[Line]) -> str:
    """Every line against x; both axes logarithmic."""
    values = [value for line in lines for value in line.values]
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    x_low, x_high = log10(x[0]), log10(x[-1])

    def across(value: float) -> float:
        return LEFT + (log10(value) - x_low) / (x_high - x_low) * (WIDTH - LEFT - RIGHT)

    def down(value: float) -> float:
        return HEIGHT - BOTTOM - (log10(value) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        text(LEFT, 22, title, "start", size=14),
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x_title, "middle"),
    ]
    for exponent in range(low, high + 1):
        y = down(10**exponent)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(text(LEFT - 8, y + 4, f"× {10**exponent:g}", "end"))
    for value in x:
        parts.append(text(across(value), HEIGHT - BOTTOM + 18, f"{value:,.0f}", "middle"))
    colours = iter(COLOURS)
    for place, line in enumerate(lines):
        colour = "#888" if line.is_reference else next(colours)
        dashes = ' stroke-dasharray="5 4"' if line.is_reference else ""
        points = " ".join(f"{across(a):.1f},{down(b):.1f}" for a, b in zip(x, line.values))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>')
        y = TOP + 14 + 20 * place
        start = WIDTH - RIGHT + 14
        parts.append(f'<path d="M{start} {y - 4}h22" stroke="{colour}" stroke-width="2"{dashes}/>')
        parts.append(text(start + 28, y, line.name, "start"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def text(x: float, y: float, words: str, anchor: str, size: int = 12) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="#222">{words}</text>'
