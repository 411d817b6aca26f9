"""Charts and pictures as inline SVG: no script, no font fetched, ids that never clash on one page.

Charts come from the same Vega-Lite documents as the app's. What Vega adds for its own use (classes, roles, pointer
events) is dropped: it is half of the weight, and the words beside a chart say more to those who do not see it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import lru_cache

import vl_convert

from export.text import cleaned
from lgrdata.page.blocks import Chart, Picture
from lgrdata.page.html import escape

WIDTH = 660
"""Pixels that a chart is drawn wide: the text width of an A4 page at 96 dots to the inch."""

FONT = "Arial, 'Liberation Sans', sans-serif"
_ATTRIBUTES = re.compile(
    r' (?:aria-[a-z]+|role|class|pointer-events|stroke-miterlimit|xmlns:xlink|version)="[^"]*"'
    r'| opacity="1"| fill-opacity="1"| stroke-opacity="1"| stroke-width="1"| font-weight="normal"'
    r'| transform="translate\(0,0\)"'
)
_NOTHING = re.compile(r'<path(?: [a-z-]+="[^"]*")*? d="(?:M0,0h0v0h0Z)?"[^>]*?(?:/>|></path>)|<text[^>]*></text>')
_EMPTY_GROUP = re.compile(r"<g[^>]*></g>")
_TAG = re.compile(r"<[^<>]*>")
_FROM_NOWHERE = re.compile(r' [xy][12]="0"')
_LONG = re.compile(r"(?<=[\s,\-A-Za-z(\"])(-?\d+\.\d{2})\d+", re.ASCII)
_ID = re.compile(r'\bid="([^"]+)"')
_SHAPE = re.compile(r'<path d="([^"]{200,})"([^<>]*?)/>')


@lru_cache(maxsize=256)
def _vega(spec: str) -> str:
    """One Vega-Lite document as SVG. The first call of a process takes a second, the rest about 50 ms."""
    return str(vl_convert.vegalite_to_svg(json.loads(spec), allowed_base_urls=[]))


def chart_svg(chart: Chart, prefix: str) -> str:
    """A chart as an SVG element with its words; `prefix` keeps its ids apart from others' on the page."""
    spec = dict(chart.spec)
    if spec.get("width", "container") == "container":
        spec["width"] = WIDTH
        spec.setdefault("autosize", {"type": "fit", "contains": "padding"})
    spec["config"] = {**spec.get("config", {}), "font": FONT}
    drawn = slim(_vega(json.dumps(cleaned(spec), sort_keys=True)))
    body = with_prefix(drawn, prefix)
    return re.sub(r"^<svg\b", f'<svg role="img" aria-label="{escape(chart.alt)}"', body, count=1)


def slim(svg: str) -> str:
    """The same drawing in less text; what people read in it is left as it stands."""
    svg = _TAG.sub(lambda m: _thin(m[0]), svg)
    for name in ("font-family", "font-size"):  # what most texts have is named once, for the whole drawing
        tags = (attribute for tag in _TAG.findall(svg) for attribute in re.findall(rf' {name}="[^"]*"', tag))
        for shared, _ in Counter(tags).most_common(1):
            parts = re.split(f"({_TAG.pattern})", svg)
            parts[1::2] = [tag.replace(shared, "") for tag in parts[1::2]]
            svg = "".join(parts).replace("<svg", f"<svg{shared}", 1)
    svg = _NOTHING.sub("", svg)
    before = ""
    while svg != before:
        before = svg
        svg = _EMPTY_GROUP.sub("", svg)
    return _without_bare_groups(svg)


def _without_bare_groups(svg: str) -> str:
    """The same drawing without groups that say nothing of what they hold."""
    kept, bare = list[str](), list[bool]()
    for part in re.split(f"({_TAG.pattern})", svg):
        if re.match(r"<g[ >]", part):
            bare.append(part == "<g>")
        if part == "<g>" or (part == "</g>" and bare.pop()):
            continue
        kept.append(part)
    return "".join(kept)


def _thin(tag: str) -> str:
    tag = _LONG.sub(r"\1", _ATTRIBUTES.sub("", tag))
    return _FROM_NOWHERE.sub("", tag) if tag.startswith("<line ") else tag


def picture_svg(picture: Picture, prefix: str) -> str:
    """A picture as an SVG element with its words, whose ids are this place's own."""
    svg = re.sub(r"^\s*<\?xml[^>]*\?>", "", picture.svg).strip()
    if "aria-label" not in svg[: svg.index(">")]:
        svg = svg.replace("<svg", f'<svg role="img" aria-label="{escape(picture.alt)}"', 1)
    return with_prefix(svg, prefix)


def with_prefix(svg: str, prefix: str) -> str:
    """The drawing with every id, and each mention of one, renamed by order of appearance."""
    names = {old: f"{prefix}{n}" for n, old in enumerate(dict.fromkeys(_ID.findall(svg)))}
    if not names:
        return svg
    svg = _ID.sub(lambda m: f'id="{names[m[1]]}"', svg)
    svg = re.sub(r"url\(#([^)\"']+)\)", lambda m: f"url(#{names.get(m[1], m[1])})", svg)
    svg = re.sub(r'href="#([^"]+)"', lambda m: f'href="#{names.get(m[1], m[1])}"', svg)
    svg = re.sub(
        r"<style>[^<]*</style>", lambda m: re.sub(r"#([\w-]+)", lambda i: f"#{names.get(i[1], i[1])}", m[0]), svg
    )
    return re.sub(
        r'(aria-(?:labelledby|describedby))="([^"]*)"',
        lambda m: f'{m[1]}="{" ".join(names.get(i, i) for i in m[2].split())}"',
        svg,
    )


def shapes_once(page: str) -> str:
    """The same page with each long shape that its drawings repeat written once, where it stands first, and used again.

    Two maps of one split hold the same ground and the same councils: half of their weight.
    """
    counted = Counter(m[1] for m in _SHAPE.finditer(page))
    names = {shape: f"g0-{n}" for n, shape in enumerate(shape for shape, times in counted.items() if times > 1)}
    written: set[str] = set()

    def use(found: re.Match[str]) -> str:
        shape, look = found.groups()
        if shape not in names:
            return found[0]
        first = "" if shape in written else f'<defs><path id="{names[shape]}" d="{shape}"/></defs>'
        written.add(shape)
        return f'{first}<use href="#{names[shape]}"{look}/>'

    return _SHAPE.sub(use, page)
