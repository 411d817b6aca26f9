"""The site as data, under `data/`: every table described; effects, outlines, lookup of each proposal; the changes.

Addresses are stable and need no server: `data/datapackage.json` (Frictionless) names every table with its columns.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from typing import Any

import vl_convert

from export.pack.outlines import geojson
from export.sheet import document
from export.site import data
from export.text import cleaned
from lgrdata.all_effects import as_json
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.cells import csv_text
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.html import escape
from lgrdata.reading.db import DATA
from lgrdata.reading.evidence import changes
from lgrdata.reading.table_rows import table_names, whole_table
from lgrdata.reading.tables import SchemaTable, all_tables
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import DIVIDED, Split

README = "data/README.txt"
README_TEXT = """The site as data. datapackage.json (Frictionless) names every table with its columns, keys and licence.

tables/NAME.csv           every row of a table; a table over 1 MB is NAME.csv.zip
tables/NAME.json          the same, as an object a row, up to 1,000 rows
proposals/ID.json         what a proposal does, as `python -m lgrdata effects AREA ID --json` prints it
proposals/ID.geojson      its councils (WGS 84, RFC 7946), with members, residents and codes
proposals/ID-lookup.csv   every ward and district with its council
metadata.json             the same for Datasette: descriptions of tables and columns, facets, labels
changes.json              what changed in the data, and when
"""
JSON_UNDER = 1_000
"""Rows up to which a table is given as JSON too; a larger one is CSV alone."""
KINDS = {"INTEGER": "integer", "REAL": "number", "TEXT": "string"}
FACETS = ("status", "stage", "kind", "side", "confidence", "measure", "lens", "tier", "period")
"""Columns of few values, by which rows are told apart."""
LABELS = ("name", "title", "label", "term")
_COLUMN = re.compile(r"^\s*([a-z_0-9]+)\s+(?:TEXT|INTEGER|REAL|ANY|BLOB)\b[^\n]*?--\s*(.+?)\s*$", re.MULTILINE)
_TABLE = re.compile(r"^CREATE TABLE [^\n]*?--\s*(.+?)\s*$", re.MULTILINE)
LICENCE = {
    "name": "OGL-UK-3.0", "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}  # fmt: skip


def described(table: SchemaTable) -> dict[str, str]:
    """What the schema says of a table's columns, by name; '' is what it says of the table."""
    found = dict(_COLUMN.findall(table.sql))
    whole = _TABLE.search(table.sql)
    return {
        "": whole[1] if whole else table.name.replace("_", " "),
        **{k: v for k, v in found.items() if k in table.column_names},
    }


def datapackage(dataset: Dataset, zipped: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The description of every table, made from the schema. `zipped`: tables whose CSV is in a zip."""
    held = set(dataset.read(table_names))
    return {
        "profile": "tabular-data-package",
        "name": "lgr-scenario-explorer",
        "title": "LGR scenario explorer: the dataset",
        "version": dataset.version,
        "licenses": [LICENCE],
        "resources": [_resource(t, t.name in zipped) for t in all_tables() if t.name in held],
    }


def metadata() -> dict[str, Any]:
    """The dataset's metadata for Datasette, with what the schema says of columns, and with facets and labels."""
    told: dict[str, Any] = json.loads((DATA / "metadata.json").read_text(encoding="utf-8"))
    tables = told["databases"]["lgr"]["tables"]
    for table in all_tables():
        held = tables.setdefault(table.name, {})
        said = described(table)
        held["columns"] = {name: said[name] for name in table.column_names if name in said}
        if facets := [name for name in FACETS if name in table.column_names][:3]:
            held["facets"] = facets
        if label := next((name for name in LABELS if name in table.column_names), None):
            held["label_column"] = label
    return told


def _resource(table: SchemaTable, zipped: bool) -> dict[str, Any]:
    said = described(table)
    fields: list[dict[str, Any]] = []
    for c in table.columns:
        field: dict[str, Any] = {"name": c.name, "type": KINDS.get(c.type, "any")}
        if c.name in said:
            field["description"] = said[c.name]
        if not c.nullable and not c.blank:
            field["constraints"] = {"required": True}
        fields.append(field)
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {"fields": list(k.columns), "reference": {"resource": _named(k.parent), "fields": list(k.parent_columns)}}
            for k in table.foreign_keys
        ]
    packed = {"compression": "zip", "innerpath": f"{table.name}.csv"} if zipped else {}
    return {
        "name": _named(table.name), "title": table.name, "description": said[""], "profile": "tabular-data-resource",
        "path": f"tables/{table.name}.csv{'.zip' if zipped else ''}", **packed,
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": schema,
    }  # fmt: skip


def _named(table: str) -> str:
    """A table's name as the package spells it."""
    return table.replace("_", "-")


def files(dataset: Dataset, only: str = "") -> Iterator[tuple[str, bytes]]:
    """Tables as CSV and JSON, the files of each proposal (of the area `only`, where given), and the changes."""
    zipped = set()
    for path, content in data.table_files(dataset):
        yield path.replace("downloads/", "data/", 1), content
        if path.endswith(".zip"):
            zipped.add(path.rpartition("/")[2].removesuffix(".csv.zip"))
    yield "data/datapackage.json", _json(datapackage(dataset, frozenset(zipped)))
    for name in dataset.read(table_names):
        columns, rows = whole_table(dataset.conn, name)
        listed = list(rows)
        if len(listed) <= JSON_UNDER and "topojson" not in columns:
            yield f"data/tables/{name}.json", _json([dict(zip(columns, row, strict=True)) for row in listed])
    for p in dataset.proposals(only or None):
        try:
            split = dataset.split(p.area_id, p.proposal_id)
        except LgrError:
            continue
        effects = effects_of(dataset, Scenario(split, start=p.proposal_id))
        yield f"data/proposals/{p.proposal_id}.json", _json(as_json.document(effects))
        yield f"data/proposals/{p.proposal_id}.geojson", geojson(dataset, split)
        yield f"data/proposals/{p.proposal_id}-lookup.csv", lookup(split).encode()
    yield "data/metadata.json", _json(metadata())
    yield "data/changes.json", _json([c._asdict() for c in dataset.read(changes)])


def lookup(split: Split) -> str:
    """Every ward, and every authority without wards here, with its district and its new council, as CSV."""
    facts = split.facts
    rows: list[tuple[object, ...]] = []
    for i, a in enumerate(facts.authorities):
        wards = facts.wards_of[i]
        for w in wards:
            c = int(split.ward[w]) if split.authority[i] == DIVIDED else int(split.authority[i])
            if c >= 0:
                rows.append((facts.wards[w].code, facts.wards[w].name, a.code, a.name, split.names[c]))
        if not len(wards) and int(split.authority[i]) >= 0:
            rows.append(("", "", a.code, a.name, split.names[int(split.authority[i])]))
    return csv_text(("ward_code", "ward", "district_code", "district", "council"), rows)


def _json(document: Any) -> bytes:
    return json.dumps(cleaned(document), ensure_ascii=False, separators=(",", ":"), default=str).encode()


def favicon() -> bytes:
    """The site's sign, a line that parts a square, as browsers ask for it at /favicon.ico."""
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><rect width="32" height="32" fill="#12436d"/>'
        '<path d="M19 0 13 13 20 19 14 32" fill="none" stroke="#fff" stroke-width="4"/></svg>'
    )
    png = bytes(vl_convert.svg_to_png(drawn))
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, 32, 32, 0, 0, 1, 32, len(png), 22) + png


def not_found(base: str) -> bytes:
    """404.html: served at any depth, so it leads to the site's whole address where that is known."""
    home = f"{base.rstrip('/')}/" if base else "index.html"
    said = "There is no page at this address. If you typed it, check it; if you followed a link, it may be old."
    link = f'<a href="{escape(home)}">Start page of the LGR scenario explorer</a>'
    body = f'<main id="main"><h1>Page not found</h1><p>{said}</p><p>{link}</p></main>'
    return document("Page not found", "", body).encode()


def robots(base: str) -> bytes:
    """robots.txt: all may be read; where the site map is, if the site's address is known."""
    where = f"Sitemap: {base.rstrip('/')}/sitemap.xml\n" if base else ""
    return f"User-agent: *\nDisallow:\n{where}".encode()
