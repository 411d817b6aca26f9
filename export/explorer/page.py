"""The explorer's page: sheet, geometry and scripts in one file under a policy that names its script by hash."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from export.text import clean
from lgrdata.core import palette, words
from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.engine.linked import ENGINE, engine_script, linked
from lgrdata.engine.sheet import sheet
from lgrdata.page.html import escape
from lgrdata.pictures.maps.geometry import area_geometry
from lgrdata.pictures.maps.ground import arcs_of
from lgrdata.pictures.mark import ICON
from lgrdata.views.credits import CREDITS
from lgrdata.views.privacy import report_address

HERE = Path(__file__).parent
PAINT = ENGINE.parents[1] / "ui" / "redraw" / "paint"
"""The painted map's own script and style sheet: the page draws the same map as the app."""
_EXPORTS = re.compile(r"^export \{([^}]*)\};$", re.M)
NOT_HERE = ("boot", "main")
"""`boot` is how Streamlit finds the script; `main` comes last, since it uses all the others."""


def explorer(
    dataset: Dataset, area_id: str, *, made: date | None = None, wards: bool = False, app: str = "", home: str = ""
) -> bytes:
    """The page of an area. `app`: the app's web address, for a link that opens the drawing there.

    `made`: the day to show, if any. `home`: where the site of plain pages has this area, for a link back.

    The same input gives the same bytes. LgrError where the area is not known or the address is no web address.
    """
    base = checked_base(app)
    numbers = sheet(dataset, area_id, wards=wards)
    name = numbers["area"]["name"]
    data = {
        "sheet": numbers,
        "geometry": geometry(dataset, area_id, wards=wards),
        "settings": {"app": base, "names": other_names(dataset.facts(area_id))},
    }
    script = page_script()
    held = "".join(f'<script type="application/json" id="{key}">{_json(value)}</script>' for key, value in data.items())
    policy = (
        f"default-src 'none'; script-src 'sha256-{_sha256(script)}'; style-src 'unsafe-inline'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )
    page = (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="description" content="{escape(f"Redraw {name} on a map: what each split does, at once.")}">'
        f'<meta name="referrer" content="no-referrer">{ICON}<title>{escape(f"Redraw {name}")}</title>'
        f"<style>{_style()}</style></head>\n<body>{_body(dataset, numbers, made, base, home)}{held}"
    )
    return clean(page).encode("utf-8") + f"<script>{script}</script></body></html>\n".encode()


def geometry(dataset: Dataset, area_id: str, *, wards: bool) -> dict[str, Any]:
    """The area's map as the page takes it: blocks by authority, and each authority's wards where they are asked for."""
    facts, arcs = dataset.facts(area_id), arcs_of(dataset, area_id)
    codes = [a.code for a in facts.authorities]
    out = area_geometry(facts, arcs, (), arcs_of(dataset, "england"), codes).document()
    out["authorities"] = out.pop("blocks")
    if wards:
        divided = [code for i, code in enumerate(codes) if len(facts.wards_of[i]) and facts.wards_counted[i]]
        out["wards"] = {code: [] for code in divided}
        for row in area_geometry(facts, arcs, divided, extras=codes).document()["blocks"]:
            if row[4] == "w":
                out["wards"][row[5]].append(row)
    return out


def other_names(facts: AreaFacts) -> list[list[str]]:
    """Former codes and names and short names of whole authorities, each with the code of today."""
    return [[h.former, h.authority_code] for h in facts.history if not h.part]


def checked_base(app: str) -> str:
    """An app's web address without what follows it; LgrError where it is none."""
    if app and (not app.startswith(("https://", "http://")) or any(c.isspace() or c in "\"'<>" for c in app)):
        told = " ".join(app.split())[:80]
        raise LgrError(f"--base {told}: give the app's web address, e.g. https://example.gov.uk/lgr")
    return app.split("?")[0].split("#")[0].rstrip("/")


@cache
def page_script() -> str:
    """All scripts of the page: the engine, the painted map, and what joins them."""
    own = linked(HERE / "js", "page", "explorerPage")
    given = "{ effects: () => page.effects(), waiting: () => page.below.due }"
    start = f"const page = explorerPage.begin();\nglobalThis.lgr = Object.freeze({given});\n"
    whole = f'"use strict";\n(() => {{\n{engine_script()}{_painted()}{own}{start}}})();\n'
    if "</script" in whole or "<!--" in whole:
        raise LgrError("the explorer's script holds what would end it in a page")
    return whole


def _painted() -> str:
    """The painted map's script, as the app sends it, in a scope of its own."""
    css = (PAINT / "paint.css").read_text(encoding="utf-8")
    names = sorted(p.stem for p in (PAINT / "js").glob("*.js") if p.stem not in NOT_HERE)
    parts = [(PAINT / "js" / f"{name}.js").read_text(encoding="utf-8") for name in (*names, "main")]
    text, ends = _EXPORTS.subn(r"return {\1};", "".join(parts))
    if ends != 1:
        raise LgrError("the painted map's script does not end as the explorer expects")
    head = f"const PALETTE = {json.dumps(palette.as_json())};\nconst CSS = {json.dumps(css)};\n"
    return f"const paintedMap = (() => {{\n{head}{text}}})();\n"


@cache
def _style() -> str:
    text = re.sub(r"/\*.*?\*/", "", (HERE / "explorer.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", text).strip()


def _json(value: Any) -> str:
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _body(dataset: Dataset, numbers: dict[str, Any], made: date | None, app: str, home: str) -> str:
    name, full = escape(numbers["area"]["name"]), escape(numbers["area"]["full_name"])
    day = f", page made {words.day(made.isoformat())}" if made else ""
    version = f"Data version {escape(dataset.version)}{day}"
    dated = f"Data of {words.day(numbers['data_date'])}{day}; a newer one may exist."
    whose = "" if full == name else f"{full}. "
    back = f'<p><a href="{escape(home)}">All about {name}</a></p>' if home else ""
    where = report_address()
    report = f' <a href="{escape(where)}">Report a wrong figure</a>.' if where else ""
    open_in_app = '<a class="act" id="app" href="#">Open in the app</a>' if app else ""
    sources = "".join(
        f"<li>{escape(s['title'])}, {escape(s['publisher'])}, {escape(s['released'])}</li>" for s in numbers["sources"]
    )
    query = (
        ""
        if app
        else "<p>To open it in the app, add this to the app’s address after <code>/redraw</code>:"
        ' <code id="app-query"></code></p>'
    )
    return (
        '<a class="skip" href="#desk">Skip to the map</a>'
        f"<header><h1>Redraw {name}</h1><p>{whose}{dated}</p>{back}</header>"
        '<main><div class="bar" role="group" aria-label="The drawing">'
        '<select id="open" aria-label="Open a split"></select>'
        '<label>Evidence <select id="evidence"><option value="county">counties’</option><option value="middle">halfway'
        '</option><option value="district">districts’</option></select></label>'
        '<button type="button" id="undo">Undo</button><button type="button" id="redo">Redo</button>'
        '<button type="button" id="reset">Reset</button><button type="button" id="copy">Copy link</button>'
        '<button type="button" id="save">Save list</button>'
        '<label class="file">Open list<input type="file" id="file" accept=".csv,.tsv,.txt,.json,.geojson,.xlsx">'
        "</label>"
        f'<button type="button" id="print">Print</button>{open_in_app}</div>'
        '<p id="told" role="status" hidden></p>'
        '<div id="desk"></div>'
        '<section aria-labelledby="h-figures"><h2 id="h-figures">What it does</h2><div id="councils"></div>'
        '<div id="money"></div><div id="borders"></div></section>'
        '<section aria-labelledby="h-mind"><h2 id="h-mind">What to mind</h2><ul id="mind"></ul></section>'
        '<section aria-labelledby="h-compare"><h2 id="h-compare">Beside others</h2>'
        '<fieldset class="screen"><legend>Set beside the drawing</legend><div id="compare"></div></fieldset>'
        '<div id="side-by-side"></div><div id="stands"></div></section>'
        '<section class="screen" aria-labelledby="h-names"><h2 id="h-names">The councils’ names</h2>'
        '<div id="names"></div><p><button type="button" id="lock-all">Lock all</button> '
        '<button type="button" id="unlock-all">Unlock all</button></p></section>'
        '<section aria-labelledby="h-about"><h2 id="h-about">About this page</h2>'
        "<p>Everything here is worked out in this browser from the figures in this file: nothing is sent anywhere, and"
        " no other computer is called. The figures are those that the tool itself gives for the same split, without"
        " partnerships and on the published assumptions.</p>"
        "<p>Counts of people in care below today’s county and unitary councils are estimates. Not an official"
        f" document.</p>{query}<details><summary>Sources</summary><ul>{sources}</ul></details></section></main>"
        f"<footer><p>{version}. A newer one may exist.</p><p>{CREDITS}{report}</p>"
        "<p>Privacy: this page sets no cookie and calls no other computer.</p></footer>"
    )
