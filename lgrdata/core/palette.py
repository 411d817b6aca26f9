"""Colours and patterns of councils, shared by the painted map, static maps and charts.

The strong colours are the Government Analysis Function's categorical set (six), its mid blue and GOV.UK's brown, so
that eight councils can be told apart. A council is never told by colour alone: each has a number and a pattern too.
Fills are pale so that a name can be read on them; `tests/ui/test_palette.py` holds every pair to WCAG 2.2 AA.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape
from typing import Any, Literal

Theme = Literal["light", "dark"]
Mark = tuple[str, tuple[float, ...]]
"""('line', x1, y1, x2, y2) a stroked line, or ('dot', cx, cy, r) a filled circle, in the pattern's own tile."""


@dataclass(frozen=True)
class CouncilColour:
    """One council's look in one theme; every value is a `#rrggbb` colour."""

    name: str
    strong: str
    """For lines, bars and number badges: at least 3:1 on the page."""
    on_strong: str
    """Text on `strong`, at least 4.5:1."""
    fill: str
    """For areas: text in `Ground.text` reads on it at 4.5:1 or better."""
    hatch: str
    """The pattern's lines on `fill`: `Ground.text` reads on these too."""


@dataclass(frozen=True)
class MapColours:
    """What lies around the councils in one theme."""

    page: str
    text: str
    quiet_text: str
    context: str
    """Neighbours outside the area."""
    context_line: str
    nobody: str
    """A block no council has."""
    nobody_hatch: str
    line: str
    """Between blocks of one council."""
    border: str
    """Between councils."""
    focus: str


GROUNDS: dict[Theme, MapColours] = {
    "light": MapColours(
        page="#ffffff", text="#0b0c0c", quiet_text="#505a5f", context="#eef0f1", context_line="#c8cdd0",
        nobody="#ffffff", nobody_hatch="#b1b4b6", line="#6f777b", border="#0b0c0c", focus="#0b0c0c",
    ),
    "dark": MapColours(
        page="#0e1117", text="#ffffff", quiet_text="#b8c0c6", context="#1b2028", context_line="#3a424d",
        nobody="#0e1117", nobody_hatch="#59626e", line="#8a949e", border="#ffffff", focus="#ffffff",
    ),
}  # fmt: skip

COUNCIL_COLOURS: dict[Theme, tuple[CouncilColour, ...]] = {
    "light": (
        CouncilColour("dark blue", "#12436d", "#ffffff", "#a4c1e0", "#6f9ccb"),
        CouncilColour("orange", "#f46a25", "#0b0c0c", "#fbceb4", "#f1a77d"),
        CouncilColour("turquoise", "#28a197", "#0b0c0c", "#b6ebe3", "#75d1c5"),
        CouncilColour("dark pink", "#801650", "#ffffff", "#ebbdd5", "#d28bb3"),
        CouncilColour("light purple", "#a285d1", "#0b0c0c", "#d9c8f3", "#b89be2"),
        CouncilColour("dark grey", "#3d3d3d", "#ffffff", "#c8cbcd", "#9c9fa1"),
        CouncilColour("mid blue", "#2073bc", "#ffffff", "#cae7ff", "#8ac1ed"),
        CouncilColour("brown", "#a5772c", "#0b0c0c", "#e5d4a0", "#c5ac65"),
    ),
    "dark": (
        CouncilColour("dark blue", "#6bace6", "#0b0c0c", "#1a3f63", "#2f5f8d"),
        CouncilColour("orange", "#f98b54", "#0b0c0c", "#6b3214", "#8d4a26"),
        CouncilColour("turquoise", "#3fc4b8", "#0b0c0c", "#15524d", "#23736c"),
        CouncilColour("dark pink", "#e07fb4", "#0b0c0c", "#5e1740", "#86335f"),
        CouncilColour("light purple", "#b9a1e0", "#0b0c0c", "#463468", "#63508a"),
        CouncilColour("dark grey", "#c3c7ca", "#0b0c0c", "#43484d", "#626970"),
        CouncilColour("mid blue", "#4c9be0", "#0b0c0c", "#0f2f5c", "#3a60aa"),
        CouncilColour("brown", "#d3a85a", "#0b0c0c", "#55400f", "#776030"),
    ),
}

TILE = 12.0
"""Side of a pattern's tile in screen pixels."""

PATTERNS: tuple[tuple[str, tuple[Mark, ...]], ...] = (
    ("plain", ()),
    ("lines rising", (("line", (-3, 3, 3, -3)), ("line", (0, 12, 12, 0)), ("line", (9, 15, 15, 9)))),
    ("dots", (("dot", (3, 3, 1.8)), ("dot", (9, 9, 1.8)))),
    ("lines falling", (("line", (-3, 9, 3, 15)), ("line", (0, 0, 12, 12)), ("line", (9, -3, 15, 3)))),
    ("lines across", (("line", (0, 3, 12, 3)), ("line", (0, 9, 12, 9)))),
    ("lattice", (("line", (0, 0, 12, 12)), ("line", (0, 12, 12, 0)))),
    ("lines down", (("line", (3, 0, 3, 12)), ("line", (9, 0, 9, 12)))),
    ("squares", (("line", (0, 6, 12, 6)), ("line", (6, 0, 6, 12)))),
)
"""A council's pattern by its colour index: its name, and its marks in a TILE × TILE tile."""

STROKE = 1.6
"""Width of a pattern's lines in screen pixels."""


def colour_of(index: int, theme: Theme = "light") -> CouncilColour:
    """The look of the council with this colour index; indexes past eight start again."""
    colours = COUNCIL_COLOURS[theme]
    return colours[index % len(colours)]


def pattern_defs(prefix: str = "council", theme: Theme = "light", scale: float = 1.0) -> str:
    """SVG `<pattern>` elements `{prefix}-0` … `{prefix}-7` and `{prefix}-nobody`, to put inside `<defs>`.

    `scale` is user units per screen pixel, so that hatching keeps its size whatever the map's units.
    """
    ground = GROUNDS[theme]
    safe = escape(prefix, quote=True)
    out = []
    for i, (_, marks) in enumerate(PATTERNS):
        c = COUNCIL_COLOURS[theme][i]
        out.append(_pattern(f"{safe}-{i}", c.fill, c.hatch, marks, scale))
    out.append(_pattern(f"{safe}-nobody", ground.nobody, ground.nobody_hatch, (("dot", (6, 6, 1.2)),), scale))
    return "".join(out)


def _pattern(name: str, fill: str, hatch: str, marks: tuple[Mark, ...], scale: float) -> str:
    inside = [f'<rect width="{TILE:g}" height="{TILE:g}" fill="{fill}"/>']
    for kind, n in marks:
        if kind == "line":
            inside.append(
                f'<path d="M{n[0]:g} {n[1]:g}L{n[2]:g} {n[3]:g}" stroke="{hatch}" stroke-width="{STROKE:g}"/>'
            )
        else:
            inside.append(f'<circle cx="{n[0]:g}" cy="{n[1]:g}" r="{n[2]:g}" fill="{hatch}"/>')
    return (
        f'<pattern id="{name}" width="{TILE:g}" height="{TILE:g}" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({scale:g})">{"".join(inside)}</pattern>'
    )


def as_json() -> dict[str, Any]:
    """The whole palette as plain lists and objects, as the painted map's script reads it."""
    return {
        "tile": TILE,
        "stroke": STROKE,
        "patterns": [[[kind, list(n)] for kind, n in marks] for _, marks in PATTERNS],
        "names": [name for name, _ in PATTERNS],
        "themes": {
            theme: {"ground": asdict(GROUNDS[theme]), "councils": [asdict(c) for c in colours]}
            for theme, colours in COUNCIL_COLOURS.items()
        },
    }


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio of two `#rrggbb` colours, 1 to 21."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
