"""A split as a static map: councils with number and pattern, names, neighbours, scale bar and key."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lgrdata.core import words
from lgrdata.core.models import LgrError
from lgrdata.core.palette import GROUNDS, Theme, colour_of
from lgrdata.dataset.cache import recent
from lgrdata.dataset.dataset import Dataset
from lgrdata.geo.shapes import Arcs, Shape, council_borders, dissolve, path_of
from lgrdata.page.blocks import Picture, Table
from lgrdata.page.html import escape
from lgrdata.pictures.maps.ground import (
    MapFrame,
    arcs_of,
    bounds,
    coarse,
    context_paths,
    framed,
    name_of,
    narrow,
    rings_of,
    scale_bar,
    scale_room,
    svg,
    text_at,
    text_width,
    used_patterns,
)
from lgrdata.pictures.maps.labels import LINE, Label, Occupied, in_pixels, middle, place
from lgrdata.pictures.maps.leaders import Leader, led
from lgrdata.splits.split import OUT, Split

KEY_LINE = 30.0
BADGE = 10.0
NARROW = 300.0
READ = 12.5
"""Letters of the key, in pixels, below which they are too small to read on paper."""
"""Below this width a key's numbers stand without their unit, so that its words stay large enough to read."""


def split_map(
    dataset: Dataset,
    split: Split,
    *,
    width: int = 640,
    labels: bool = True,
    theme: Theme = "light",
    context: bool = True,
    thumbnail: bool = False,
    scale: float | None = None,
    marked: str = "",
    tall: float = 1.25,
) -> Picture:
    """A split as a map with numbers, patterns, every authority's name, neighbours, scale bar and key.

    `thumbnail`: councils and their numbers alone, for tables. `scale`: metres to the pixel, for several maps in one
    scale; the width then follows. `marked`: an authority that is outlined and named in bold, by code.
    `tall`: the most that it is high, its key left out, for its width.
    Divided authorities are drawn by their wards. LgrError where no boundary is held.
    """
    parts = labels and not thumbnail, theme, context and not thumbnail, thumbnail, scale, marked, tall
    return recent(dataset, "split maps", split, (width, *parts), lambda: _drawn(dataset, split, width, *parts))


def split_scale(dataset: Dataset, split: Split, width: int = 640, height: float | None = None) -> float:
    """Metres to the pixel that a split's map of this width would have, and at most of this height."""
    arcs = arcs_of(dataset, split.facts.area.area_id)
    _, shapes, _ = blocks_of(arcs, split)
    return framed(bounds(arcs, shapes), width, width * 1.25 if height is None else height).metres


def _drawn(
    dataset: Dataset, split: Split, width: int, labels: bool, theme: Theme, context: bool, small: bool,
    scale: float | None, marked: str, tall: float,
) -> Picture:  # fmt: skip
    area, ground = split.facts.area, GROUNDS[theme]
    fine = arcs_of(dataset, area.area_id)
    _, shapes, _ = blocks_of(fine, split)
    frame = framed(bounds(fine, shapes), width, width * tall, 3.0 if small else 14.0, scale)
    if tall < 1.25:
        # In the units of the map at full size, so that a page writes the shapes of both once.
        frame = replace(frame, unit=framed(bounds(fine, shapes), 640, 800.0, 14.0).unit)
    if small:
        frame = replace(frame, unit=coarse(frame.metres))
    arcs, shapes, council = blocks_of(arcs_of(dataset, area.area_id, frame.unit), split)
    name = name_of(split.key.lasting, width, theme, labels, small, scale, tall, *((marked,) if marked else ()))
    fills = dissolve(arcs, "blocks", council)
    nobody = [s for s in shapes if council.get(s.code, OUT) < 0]
    k = frame.metres / frame.unit
    parts = [f'<g {frame.transform} fill-rule="evenodd" stroke-linejoin="round">']
    if context:
        parts.append(
            f'<path d="{context_paths(dataset, frame)}" fill="{ground.context}" stroke="{ground.context_line}"'
            f' stroke-width="{frame.stroke(0.8)}"/>'
        )
    outline = f'stroke="{ground.border}" stroke-width="{frame.stroke(0.7 if small else 1.2)}"'
    for number, path in fills.items():
        parts.append(f'<path d="{path}" fill="url(#{name}-{number % 8})" {outline}/>')
    if nobody:
        empty = "".join(path_of(arcs, s) for s in nobody)
        parts.append(f'<path d="{empty}" fill="url(#{name}-nobody)"/>')
    if not small:
        parts.append(inner_lines(arcs, split, shapes, council, frame, theme))
    thick = 1.6 if small else 3.0
    parts.append(
        f'<path d="{council_borders(arcs, "blocks", council)}" fill="none" stroke="{ground.border}"'
        f' stroke-width="{frame.stroke(thick)}" stroke-linecap="round"/>{_mark(arcs, marked, frame, theme)}</g>'
    )
    parts.append(_names(arcs, split, fills, shapes, frame, theme, labels, small, marked))
    if not small:
        parts.append(scale_bar(frame, theme))
    drawing = (
        f'<svg width="{frame.width:g}" height="{frame.height:g}" viewBox="0 0 {frame.width:g} {frame.height:g}">'
        f"<defs>{used_patterns(name, theme, k * (0.7 if small else 1.0), fills, bool(nobody))}</defs>"
        f"{''.join(parts)}</svg>"
    )
    legend, height, fits = ("", 0.0, 0.0) if small else _key(split, frame, theme, bool(nobody), name)
    alt, table = split_words(split), split_table(split)
    alt += "".join(f" {a.name} is outlined." for a in split.facts.authorities if a.code == marked)
    whole = svg(
        frame.width, frame.height + height, ("" if small else narrow(name, frame.width, fits)) + drawing + legend,
        name=name, title=f"{area.name}: {words.counted(len(split.in_use), 'council')}", desc=alt, theme=theme,
    )  # fmt: skip
    title = "" if small else f"{area.name} as {words.counted(len(split.in_use), 'council')}"
    return Picture(f"map-{name}", title, whole, alt, round(frame.width), None if small else table)


def blocks_of(arcs: Arcs, split: Split) -> tuple[Arcs, list[Shape], dict[str, int]]:
    """Boundaries with an object 'blocks' (whole authorities, wards of divided ones), its shapes, their councils."""
    f = split.facts
    drawn = {s.code: s for s in arcs.objects["authorities"]}
    wards = {s.code: s for s in arcs.objects.get("wards", ())}
    shapes: list[Shape] = []
    council: dict[str, int] = {}
    for i, authority in enumerate(f.authorities):
        if not taken_in(split, i):
            continue
        if split.divided[i]:
            for w in f.wards_of[i]:
                shapes.append(_of(wards, f.wards[w].code, f.wards[w].name))
                council[f.wards[w].code] = int(split.ward[w])
        else:
            shapes.append(_of(drawn, authority.code, authority.name))
            council[authority.code] = int(split.authority[i])
    shapes.sort(key=lambda s: s.code)
    return replace(arcs, objects={**arcs.objects, "blocks": tuple(shapes)}), shapes, council


def taken_in(split: Split, i: int) -> bool:
    """False for an extra authority that the split leaves where it is."""
    return not (split.facts.is_extra[i] and split.authority[i] == OUT)


def _of(shapes: dict[str, Shape], code: str, name: str) -> Shape:
    if code not in shapes:
        raise LgrError(f"no boundary is held of {name} ({code})")
    return shapes[code]


def inner_lines(
    arcs: Arcs, split: Split, shapes: list[Shape], council: dict[str, int], frame: MapFrame, theme: Theme
) -> str:
    """Borders of authorities, and thinner ones of wards where an authority is divided."""
    ground, f = GROUNDS[theme], split.facts
    out = ""
    if split.divided.any():
        ward_lines = "".join(path_of(arcs, s) for s in shapes if s.code in f.ward_index)
        out += (
            f'<path d="{ward_lines}" fill="none" stroke="{ground.line}" stroke-width="{frame.stroke(0.5)}"'
            ' stroke-opacity="0.7"/>'
        )
    held = {a.code: i for i, a in enumerate(f.authorities) if taken_in(split, i)}
    between = council_borders(arcs, "authorities", held)
    return f'{out}<path d="{between}" fill="none" stroke="{ground.line}" stroke-width="{frame.stroke(1.1)}"/>'


def _mark(arcs: Arcs, marked: str, frame: MapFrame, theme: Theme) -> str:
    """A dark line in a light one round an authority, so that it is seen on every pattern; '' where none is marked."""
    path, ground = "".join(path_of(arcs, s) for s in arcs.objects["authorities"] if s.code == marked), GROUNDS[theme]
    lines = ((ground.page, 7.0), (ground.text, 3.4)) if path else ()
    return "".join(f'<path d="{path}" fill="none" stroke="{c}" stroke-width="{frame.stroke(w)}"/>' for c, w in lines)


def _names(
    arcs: Arcs, split: Split, fills: dict[int, str], shapes: list[Shape], frame: MapFrame, theme: Theme, labels: bool,
    small: bool, marked: str,
) -> str:  # fmt: skip
    """A badge with its number in each council, then the names of authorities round the badges and beside the area."""
    taken, out, at = Occupied([] if small else [scale_room(frame)]), [], []
    radius = 6.0 if small else BADGE
    for number, path in fills.items():
        x, y = middle(rings_of(path), frame)
        if labels:
            y -= 9
        look = colour_of(number, theme)
        at.append((x, y))
        taken.rects.append((x - radius - 1, y - radius - 1, x + radius + 1, y + radius + 1))
        out.append(badge(x, y, number, radius, look.strong, look.on_strong, GROUNDS[theme].page, "b"))
    if labels:
        f = split.facts
        drawn = [s for s in arcs.objects["authorities"] if s.code in f.authority_index]
        inside = [s for s in drawn if taken_in(split, f.authority_index[s.code])]
        rings = {s.code: [arcs.ring(p[0]) for p in s.polygons] for s in inside}
        fitting, left, bold = [], [], None
        for shape in sorted(inside, key=lambda s: (-max(len(r) for r in rings[s.code]), s.code)):
            own = f.authorities[f.authority_index[shape.code]].name
            if label := place(own, rings[shape.code], frame, taken):
                fitting.append(label)
            else:
                left.append((own, middle(rings[shape.code], frame)))
            bold = label if shape.code == marked else bold
        land = in_pixels((arcs.ring(r) for s in inside for p in s.polygons for r in p), frame) if left else []
        leaders = [one.off(at, radius + 2) for one in led(left, land, frame, taken) if one]
        out.append(_written([*fitting, *(one.label for one in leaders)], leaders, theme, bold))
    return "".join(out)


BOLD = ' font-weight="700"'


def _written(labels: list[Label], leaders: list[Leader], theme: Theme, bold: Label | None = None) -> str:
    """Names with their halo, one of them in bold, and the lines of those that stand beside their place."""
    ground = GROUNDS[theme]
    lines = "".join(f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}" for a, b in ((x.start, x.end) for x in leaders))
    dots = "".join(f"M{x.start[0]:.1f} {x.start[1]:.1f}h0" for x in leaders)
    drawn = "".join(
        f'<path class="n" d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"/>'
        for d, colour, width in ((lines, ground.page, 3), (lines, ground.text, 1), (dots, ground.text, 5))
        if d
    )
    names = "".join(
        f'<text class="n" x="{label.x:.1f}" y="{label.y + n * label.size * LINE:.1f}" font-size="{label.size:g}"'
        f"{BOLD if label is bold else ''}>{escape(line)}</text>"
        for label in labels
        for n, line in enumerate(label.lines)
    )
    return (
        f'{drawn}<g fill="{ground.text}" text-anchor="middle" stroke="{ground.page}" stroke-width="3"'
        f' stroke-linejoin="round" paint-order="stroke">{names}</g>'
    )


def badge(x: float, y: float, number: int, radius: float, fill: str, text: str, halo: str, kind: str) -> str:
    """A council's number in a circle; `kind` 'b' on the map, 'kb' in the key."""
    return (
        f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{halo}"'
        ' stroke-width="1.5"/>'
        + text_at(
            x, y, str(number + 1), radius * 1.35, text, text_anchor="middle", font_weight="700",
            dominant_baseline="central", class_=f"{kind}t",
        )
    )  # fmt: skip


def _key(split: Split, frame: MapFrame, theme: Theme, nobody: bool, name: str) -> tuple[str, float, float]:
    """Councils with pattern, number, name and residents, a line each below the map; its height; the size that fits."""
    ground = GROUNDS[theme]
    rows = [(int(c), split.names[c], words.people(int(split.population[c]))) for c in split.in_use]
    last = ["In no council yet"] if nobody else []
    short = [f"{n}, {p}" for _, n, p in rows] + last
    full, names = [f"{n}, {p} residents" for _, n, p in rows] + last, [n for _, n, _ in rows] + last

    def fitting(lines: list[str]) -> float:
        # Where Arial is lacking, letters are wider than measured.
        widest = max((text_width(e, 1) for e in lines), default=1.0)
        return max(8.0, (frame.width - 70) / (widest * 1.22))

    # On a map of some size, words go before letters grow too small to read.
    ways = [short] if frame.width < NARROW else [full, short, names]
    entries = next((w for w in ways if fitting(w) >= READ), ways[-1])
    fits = fitting(entries)
    size = min(14.0, fits)
    out = []
    for i, entry in enumerate(entries):
        x, y = 4.0, frame.height + 8 + i * KEY_LINE
        number = rows[i][0] if i < len(rows) else -1
        fill = f"url(#{name}-k-{number % 8 if number >= 0 else 'nobody'})"
        out.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="30" height="20" fill="{fill}" stroke="{ground.border}"/>')
        if number >= 0:
            look = colour_of(number, theme)
            out.append(badge(x + 46, y + 10, number, 9, look.strong, look.on_strong, ground.page, "kb"))
        at = x + (62 if number >= 0 else 38)
        out.append(text_at(at, y + 10, entry, size, ground.text, dominant_baseline="central", class_="kt"))
    # The map's patterns again in pixels: those of the map are in the units of its boundaries.
    patterns = used_patterns(f"{name}-k", theme, 1.0, [r[0] for r in rows], nobody)
    return f"<defs>{patterns}</defs>{''.join(out)}", len(entries) * KEY_LINE + 12, fits


def split_words(split: Split) -> str:
    """A map of a split in words: each council's number, name, residents and members."""
    councils = words.counted(len(split.in_use), "council")
    return f"Map of {split.facts.area.name} as {councils}. {council_words(split)}"


def council_words(split: Split) -> str:
    """Each council's number, name, residents and members, and what is left out."""
    said = [
        f"{int(c) + 1}, {split.names[c]}, {words.people(int(split.population[c]))} residents: {_members(split, int(c))}"
        for c in split.in_use
    ]
    left = words.counted(len(split.left_out), "block")
    return "; ".join(said) + "." + (f" {words.capital(left)} in no council yet." if split.left_out else "")


def _members(split: Split, council: int) -> str:
    f = split.facts
    names = [
        f"part of {f.authorities[i].name}" if split.divided[i] else f.authorities[i].name
        for i in np.flatnonzero(split.share[:, council] > 0)
    ]
    return words.joined(names)


def split_table(split: Split) -> Table:
    """The map's table: council, residents, members."""
    rows = tuple(
        (
            f"{int(c) + 1} {split.names[c]}",
            words.number(int(split.population[c])),
            words.capital(_members(split, int(c))),
        )
        for c in split.in_use
    )
    return Table(
        "councils", "The councils of this map", ("Council", f"Residents, {split.facts.vintage.period}", "Made of"),
        rows, frozenset({1}),
    )  # fmt: skip
