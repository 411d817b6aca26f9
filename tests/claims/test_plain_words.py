"""Screens and exports speak as members of a council do: no word of the model's own trade, and short sentences first."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest
import textstat
from claim_told import Page
from house.code import files, named, tree

from export.snapshot import snapshot
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core.models import Partnership
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Para, View, plain
from lgrdata.shares.of_scenario import shared_of
from lgrdata.splits.address import default_split
from lgrdata.splits.scenario import Scenario
from lgrdata.views import start
from lgrdata.views.compare import page as compare
from lgrdata.views.effects import page as effects_page
from lgrdata.views.evidence import page as evidence
from lgrdata.views.options import page as options
from lgrdata.views.partnerships import page as partnerships
from lgrdata.views.share import page as share

TRADE = re.compile(
    r"\blens(?:es)?\b|\bswitching value|\bsplitting costs under\b|\bfrontiers?\b|\bdominat(?:ed|es|ing)\b"
    r"|\bblock assignments?\b|\bnet a year when\b|\bwhen all is in place\b|^Across$|^Up$",
    re.I,
)
"""Words of those who made the model; what stands in their place is in the dataset's glossary and core/lens_words."""

KEYS = re.compile(r"[a-z0-9_.-]+")
"""A key of an address, a file, JSON or an anchor: contract, and read by programs."""

CONTRACT = re.compile(r"\blens=\w+|[\"']lens[\"']:")
"""The key of an address and of the scenario that rides inside a page."""

ROOMS = ("all_effects", "all_options", "partnerships", "shares", "pictures", "views", "cli", "ui", "page", "core")
MEMBERS_READ = ("README.md", "docs/pages.md", "docs/bringing-files.md", "docs/running.md")


@pytest.fixture(scope="module")
def data(real_db: Path) -> Iterator[Dataset]:
    dataset = Dataset(real_db)
    yield dataset
    dataset.close()


def changed(data: Dataset) -> Scenario:
    """A scenario that shows everything: a change of assumptions and a partnership."""
    return Scenario(
        data.split("surrey", "surrey-3ua"), lens="county", assumptions={"county.delta": 5.0},
        partnerships=(Partnership("front_doors", "hosted_service", (0, 1)),),
    )  # fmt: skip


def views(data: Dataset, scenario: Scenario) -> Iterator[tuple[str, View]]:
    """Every page of a scenario's area."""
    found, area = effects_of(data, scenario), scenario.area_id
    yield "start", start.view(data)
    yield "card", start.view(data, area)
    yield "effects", effects_page.view(data, scenario, found)
    yield "share", share.view(shared_of(data, scenario))
    yield "partnerships", partnerships.view(data, scenario, found)
    yield "options", options.view(data, scenario)
    yield "compare", compare.view(data, [scenario, Scenario(data.split(area, "single"))], ["Mine", "One council"])


def test_no_page_and_no_snapshot_speaks_the_trade(data: Dataset) -> None:
    told = {name: Page(name, view).told for name, view in views(data, changed(data))}
    told |= {f"evidence, {part}": Page(part, evidence.view(data, part, changed(data))).told for part in evidence.PARTS}
    wrong = [f"{name}, {t.where}: {t.text}" for name, all_of in told.items() for t in all_of if TRADE.search(t.text)]
    made = snapshot(data, changed(data), made=date(2026, 5, 1)).decode()
    read = re.sub(r"<(style|script)\b.*?</\1>", " ", made, flags=re.S)
    labels = re.findall(r'(?:alt|aria-label|title)="([^"]*)"', read)
    for text in (*labels, *re.split(r"<[^>]*>", read)):
        read_out = CONTRACT.sub("", unescape(text))
        if (hit := TRADE.search(read_out)) and not KEYS.fullmatch(read_out.strip()):
            wrong.append(f"snapshot: “{hit.group()}” in {text[:200]}")
    assert not wrong, "\n".join(wrong[:40])


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """Texts of a file that may be read on a screen: no documentation, no key."""
    whole = tree(path)
    documents = {id(n.value) for n in ast.walk(whole) if isinstance(n, ast.Expr)}
    for node in ast.walk(whole):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in documents else None
        if isinstance(node, ast.Constant) and isinstance(text, str) and not KEYS.fullmatch(text):
            yield node.lineno, text


def test_no_label_or_sentence_of_the_code_speaks_the_trade() -> None:
    paths = files(*(f"lgrdata/{room}" for room in ROOMS), "export", "pages", "app.py")
    wrong = [f"{named(p)} line {n}: {text}" for p in paths for n, text in _texts(p) if TRADE.search(text)]
    for p in files(*MEMBERS_READ, ends=(".md",)):
        for n, line in enumerate(p.read_text(encoding="utf-8").splitlines(), 1):
            if TRADE.search(re.sub(r"`[^`]*`", "", line)):
                wrong.append(f"{named(p)} line {n}: {line}")
    assert not wrong, "\n".join(wrong)


AREAS = ("surrey", "hampshire-solent", "kent-medway", "lancashire", "devon-plymouth-torbay")
GRADE = 9.0
"""The school grade (Flesch–Kincaid) that the first sentences of a page may ask for: a reader of fourteen."""


def _first_sentences(name: str, view: View) -> list[str]:
    """What a page says in words before anyone scrolls."""
    held = {s.anchor: s for s in view.sections}
    if name == "options" and "answer" in held:
        answer = held["answer"]
        return [plain(answer.lede), *(plain(b.text) for b in answer.blocks if isinstance(b, Para))]
    if name == "compare":
        return [plain(held["short"].lede)]
    return [plain(line) for line in view.lede[:3]]


def test_the_first_sentences_of_each_page_read_easily(data: Dataset) -> None:
    wrong = []
    for area in AREAS:
        scenario = Scenario(default_split(data.conn, data.facts(area)))
        facts = scenario.split.facts
        proposals = [p.title for p in data.proposals(area)]
        places = [facts.area.name, facts.area.full_name, *facts.upper_names, *(a.name for a in facts.authorities)]
        names = sorted({*places, *scenario.split.names, *proposals, "One council", "Mine"}, key=len, reverse=True)
        left_out = re.compile("|".join(rf"{re.escape(n)}(?:’s)?" for n in names if n))
        for name, view in views(data, scenario):
            text = " ".join(left_out.sub("", " ".join(_first_sentences(name, view))).split())
            if (grade := textstat.flesch_kincaid_grade(text)) > GRADE:
                wrong.append(f"{area}, {name}: grade {grade:.1f} in “{text}”")
    for part in evidence.PARTS:
        told = " ".join(plain(line) for line in evidence.view(data, part).lede)
        if (grade := textstat.flesch_kincaid_grade(told)) > GRADE:
            wrong.append(f"evidence, {part}: grade {grade:.1f} in “{told}”")
    assert not wrong, "\n".join(wrong)
