"""Plain JavaScript modules as one script, each in a scope of its own: no build step, no dependency, nothing minified.

Modules import names from files beside them (`import { a } from "./b.js";`) and export what they declare; nothing else
of the module syntax is used, and what is not understood is a fault.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ENGINE = Path(__file__).parent / "js"

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z_]+)\.js";\n', re.M)
_PASSED_ON = re.compile(r'^export \{([^}]*)\} from "\./([a-z_]+)\.js";\n', re.M)
_DECLARED = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.M)
_COMMENT = re.compile(r"^[ \t]*/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*\n", re.M)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.M)


def linked(folder: Path, entry: str, name: str) -> str:
    """The modules that an entry needs, in order, as one script that sets `const NAME` to what the entry exports."""
    order: list[str] = []
    _visit(folder, entry, order, ())
    parts = [_wrapped(folder, module) for module in order]
    return f'const {name} = (() => {{\n"use strict";\n{"".join(parts)}return {_scope(entry)};\n}})();\n'


@cache
def engine_script(name: str = "lgrEngine") -> str:
    """The engine as one script that sets `const NAME`."""
    return linked(ENGINE, "engine", name)


def _visit(folder: Path, module: str, order: list[str], above: tuple[str, ...]) -> None:
    if module in above:
        raise ValueError(f"{' imports '.join((*above, module))}: modules import one another in a circle")
    if module in order:
        return
    text = _read(folder, module)
    for found in (*_IMPORT.finditer(text), *_PASSED_ON.finditer(text)):
        _visit(folder, found[2], order, (*above, module))
    order.append(module)


def _read(folder: Path, module: str) -> str:
    return (folder / f"{module}.js").read_text(encoding="utf-8")


def _scope(module: str) -> str:
    return f"{module}_module"


def _wrapped(folder: Path, module: str) -> str:
    text = _read(folder, module)
    given = [name.strip() for found in _PASSED_ON.finditer(text) for name in found[1].split(",") if name.strip()]
    given += _DECLARED.findall(text)
    body = _IMPORT.sub(lambda m: f"const {{{m[1]}}} = {_scope(m[2])};\n", text)
    body = _PASSED_ON.sub(lambda m: f"const {{{m[1]}}} = {_scope(m[2])};\n", body)
    body = _COMMENT.sub("", _DECLARED.sub("", body))
    if left := _LEFT.search(body):
        raise ValueError(f"{module}.js: '{left[0]}' is not written as modules here are")
    return f"const {_scope(module)} = (() => {{\n{body}return {{ {', '.join(given)} }};\n}})();\n"
