"""The pack put together: page, print, decision sheet, workbook, outlines, pictures, and a line on each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from export import annex, decision
from export.drawing import picture_svg
from export.pack import pdf, word
from export.pack.outlines import geojson
from export.pack.packed import packed
from export.pack.workbook import workbook
from export.parts import parts_of
from export.snapshot import PrintChoice, snapshot
from export.text import clean
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core import words
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Table
from lgrdata.splits import blockfile, splitcode
from lgrdata.splits.scenario import Scenario
from lgrdata.views import evidence_bar
from lgrdata.views.credits import CREDITS

FILES = {
    "page.html": "The page to print, with the annex asked for: opens in any browser, and again in the tool",
    "page.pdf": "The same page printed, tagged for screen readers",
    "decision-sheet.docx": "The two pages to decide on, as a Word document to edit",
    "tables.xlsx": "Every table, also those that the page leaves out, a sheet each, with source, date and status",
    "councils.geojson": "The new councils with members, residents and codes (WGS 84), for QGIS and the like",
    "blocks.csv": "Each district or ward with its new council",
    "map.svg": "The map as a drawing that scales",
    "map.png": "The map as a picture",
    "evidence-bar.svg": "Money by whose evidence, as a drawing that scales",
    "evidence-bar.png": "Money by whose evidence, as a picture",
}
"""Files of a pack and what each is, in order."""
NO_BROWSER = "There is no page.pdf: no browser was at hand to print with. Open page.html and print it."


def pack(
    dataset: Dataset, scenario: Scenario, *, made: date, base: str = "", choice: PrintChoice | None = None
) -> bytes:
    """The zip. All its files draw the same views, so their figures are the same.

    LgrError as for a snapshot.
    """
    found, effects = parts_of(dataset, scenario, share=True), effects_of(dataset, scenario)
    title, area = annex.title_of(dataset, scenario), scenario.split.facts.area
    whole = f"{area.name}: {title}"
    first = decision.sections(dataset, scenario)
    shown = [b for s in first for b in s.blocks if isinstance(b, Table)]
    councils = next((t for t in shown if t.name == "decision-councils"), None)
    page = snapshot(dataset, scenario, made=made, base=base, share=True, choice=choice or PrintChoice())
    about = (
        f"Made {words.day(made.isoformat())} from data version {dataset.version}. Not an official document. People in"
        " care are estimated wherever a range is shown; money is modelled on each side’s evidence."
    )
    with ThreadPoolExecutor(1) as beside:  # the browser prints while the other files are made
        printing = beside.submit(pdf.printed, page)
        parts = {
            "page.html": page,
            "decision-sheet.docx": word.document(whole, about, first, decision.sources(dataset, scenario), made),
            "tables.xlsx": workbook(dataset, scenario, found, whole, made),
            "councils.geojson": geojson(dataset, scenario.split, councils),
            "blocks.csv": blockfile.write(scenario.split).encode(),
        }
        drawings = {"map": decision.map_of(dataset, effects), "evidence-bar": evidence_bar.picture(dataset, effects)}
        for name, drawing in drawings.items():
            if drawing is not None:
                parts[f"{name}.svg"] = word.on_white(picture_svg(drawing, f"{name}-")).encode()
                parts[f"{name}.png"] = word.png(drawing.svg)
        if (printed := printing.result()) is not None:
            parts["page.pdf"] = printed
    ordered = {name: parts[name] for name in FILES if name in parts}
    return packed({"README.txt": _readme(dataset, scenario, whole, about, tuple(ordered)), **ordered})


def _readme(dataset: Dataset, scenario: Scenario, title: str, about: str, names: tuple[str, ...]) -> bytes:
    lines = [
        title, "=" * min(len(title), 100), "", about, "",
        *(f"{name}: {FILES[name]}." for name in names),
        *([] if "page.pdf" in names else ["", NO_BROWSER]),
        "", f"Area {scenario.area_id}, split {splitcode.encode(scenario.split)}, data version {dataset.version}.", "",
        CREDITS, "",
    ]  # fmt: skip
    return clean("\n".join(lines)).encode()


def for_app(dataset: Dataset, scenario: Scenario, base: str = "") -> bytes:
    """The pack that the app's pages offer, dated today."""
    return pack(dataset, scenario, made=date.today(), base=base)
