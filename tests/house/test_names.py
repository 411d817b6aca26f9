"""One word, one thing: class names end in a noun of docs/glossary.md, and rooms are those of the architecture."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

from house.code import ROOT, files, module, named, tree
from house.test_walls import ROOMS

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NOUNS = [n for line in GLOSSARY.splitlines() if (m := re.match(r"\| ([a-z-]+) \|", line)) and (n := m[1]) != "noun"]
HOUSE_WORDS = {"told", "kept", "sidecar", "pale", "swap", "recent", "whole", "gathered", "stray", "spoken", "taken"}
"""Words this project once used for things that have a name in the field."""


def _public_classes() -> dict[str, list[str]]:
    found = defaultdict(list)
    for path in files("lgrdata", "export"):
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(named(path))
    return found


def _words(name: str) -> list[str]:
    return [w.lower() for w in re.findall(r"[A-Z][a-z0-9]*|[A-Z]+(?![a-z])", name)]


def test_each_class_ends_in_a_defined_noun() -> None:
    assert len(NOUNS) == len(set(NOUNS)), "a noun is defined twice"
    known = {ending for n in NOUNS for ending in (n, f"{n}s", f"{n}es", f"{n[:-1]}ies")}
    bare = {name: where for name, where in _public_classes().items() if _words(name)[-1] not in known}
    assert bare == {}


def test_each_defined_noun_is_in_use() -> None:
    used = {w for name in _public_classes() for w in _words(name)}
    used |= {w for path in files("lgrdata", "export") for part in module(path).split(".") for w in part.split("_")}
    idle = [n for n in NOUNS if not {n, f"{n}s", f"{n}es", f"{n[:-1]}ies"} & used]
    assert idle == []


def test_no_class_name_means_two_things() -> None:
    assert {name: where for name, where in _public_classes().items() if len(where) > 1} == {}


def test_modules_and_classes_use_terms_of_the_field() -> None:
    modules = {named(p) for p in files("lgrdata", "export") if set(p.stem.split("_")) & HOUSE_WORDS}
    assert modules | {n for n in _public_classes() if set(_words(n)) & HOUSE_WORDS} == set()


def test_the_architecture_lists_the_rooms_in_order() -> None:
    listed = re.findall(r"^\d+\. `([\w/]+)/`", ARCHITECTURE, flags=re.M)
    assert [name.replace("/", ".") for name in listed] == list(ROOMS)
