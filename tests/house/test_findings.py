"""What is found is handed on as findings and worded once: no code reads its own sentences back."""

from __future__ import annotations

import ast

from house.code import files, named, tree

CUTS = {"partition", "rpartition", "startswith", "endswith", "removeprefix", "removesuffix", "split", "rsplit"}

FORMATS = {
    "export/annex.py: removeprefix('criterion ')",  # keys of notes: "criterion 2"
    "export/drawing.py: startswith('<line ')",  # a tag of a drawing
    "lgrdata/pictures/maps/ground.py: split('M')",  # the commands of a path
    "lgrdata/pictures/maps/labels.py: split(' ')",  # a name that is broken into lines
    "lgrdata/ui/frame/gate.py: split('%3F')",  # how mail writes a question mark
    "lgrdata/views/effects/boundary.py: removesuffix(' Integrated Care Board')",  # the NHS's names
    "lgrdata/views/start.py: split(' and ')",  # the government's names of areas
}
"""What is cut that is no sentence: a format of ours, or a name as its publisher writes it."""


def prose(node: ast.expr) -> bool:
    """Whether a text that is searched for is part of a sentence: a literal with a blank or a capital, or a constant."""
    if isinstance(node, ast.Tuple):
        return any(map(prose, node.elts))
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and (" " in node.value or node.value != node.value.lower())
    return isinstance(node, ast.Name) and node.id.isupper()


def cut(node: ast.AST) -> str:
    """How a node reads a sentence, as code; '' where it does not."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in CUTS and any(map(prose, node.args[:1])):
            return f"{node.func.attr}({ast.unparse(node.args[0])})"
    elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
        left = node.left
        # A text with a blank at its end is looked for in a sentence, not among keys.
        if isinstance(left, ast.Constant) and isinstance(left.value, str) and left.value != left.value.strip():
            return ast.unparse(node)
    return ""


def test_no_sentence_is_read_back() -> None:
    rooms = ("all_effects", "all_options", "partnerships", "pictures", "views", "ui")
    found = {
        f"{named(p)}: {said}"
        for p in files(*(f"lgrdata/{room}" for room in rooms), "export")
        for node in ast.walk(tree(p))
        if (said := cut(node))
    }
    assert found - FORMATS == set()
    assert FORMATS - found == set(), "allowed and no longer there"
