"""The map the site starts with: England, each invited area a link to its page."""

from __future__ import annotations

from lgrdata.core.palette import GROUNDS
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.html import escape
from lgrdata.pictures.maps import england
from lgrdata.pictures.maps.ground import used_patterns
from lgrdata.views.start import stage_words


def linked_map(dataset: Dataset) -> str:
    """England as SVG with a link on every area, coloured and hatched by stage; the list beside it says the same."""
    ground, areas = GROUNDS["light"], {a.area_id: a for a in dataset.areas}
    x, y, w, h = england.england_view(dataset)
    stages = england.STAGES
    named = {i: f"{a.name}, {stage_words(dataset, a)}" for i, a in areas.items()}
    defs = used_patterns("e", "light", w / 560, [i for i, _ in stages.values()], False)
    shapes = "".join(
        f'<a href="areas/{s.area_id}.html" aria-label="{escape(named[s.area_id])}">'
        f'<path d="{s.path}" fill="url(#e-{stages[s.stage][0]})" stroke="{ground.border}" stroke-width="1.3"/></a>'
        for s in england.england_areas(dataset)
    )
    return (
        f'<svg class="england" viewBox="{x:.0f} {y:.0f} {w:.0f} {h:.0f}" width="560" role="group"'
        f' aria-label="Map of England: choose an area"><defs>{defs}</defs>'
        f'<path d="{england.england_rest(dataset)}" fill="{ground.context}"'
        f' stroke="{ground.context_line}" stroke-width=".7"/>{shapes}</svg>'
    )


def key(dataset: Dataset) -> str:
    """What the patterns of the map mean."""
    out, held = [], {s.stage for s in england.england_areas(dataset)}
    for stage, (index, text) in england.STAGES.items():
        if stage not in held:
            continue
        defs = used_patterns(f"ek-{stage}", "light", 1.0, [index], False)
        out.append(
            f'<li><svg width="28" height="18" aria-hidden="true"><defs>{defs}</defs><rect x=".5" y=".5" width="27"'
            f' height="17" fill="url(#ek-{stage}-{index})" stroke="{GROUNDS["light"].border}"/></svg>'
            f" {escape(text)}</li>"
        )
    return f'<ul class="key">{"".join(out)}</ul>'
