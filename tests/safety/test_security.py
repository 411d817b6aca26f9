"""What an attacker would look for, held by reading the source: no shell, no eval, fixed SQL, escaped text."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hostile import NASTY, opened

from lgrdata.core.models import LgrError
from lgrdata.core.text import as_markdown, one_line
from lgrdata.page import html as markup
from lgrdata.page.blocks import Entry, Items, Link, Para, StruckThrough, Table
from lgrdata.pictures.maps import split_map
from lgrdata.reading import db
from lgrdata.splits.assignment.decode import MAX_BYTES
from lgrdata.splits.edits import rename

ROOT = db.ROOT
FOLDERS = ("lgrdata", "export", "pages")
SOURCES = [p for f in FOLDERS for p in sorted((ROOT / f).rglob("*.py")) if "__pycache__" not in p.parts]
SOURCES.append(ROOT / "app.py")
STARTER = ROOT / "lgrdata" / "start.py"
"""Sets up the environment before anything is installed: it runs pip, venv and apt-get from fixed lists of words."""

PRINTER = ROOT / "export" / "pack" / "pdf.py"
"""Starts the browser that prints a pack, with words of its own alone."""
FILES = ROOT / "lgrdata" / "core" / "files.py"
"""Exchanges two folders by the one system call for it, which Python gives no name: the only use of ctypes."""

MODULES = {
    "pickle",
    "marshal",
    "shelve",
    "dill",
    "cloudpickle",
    "joblib",
    "ctypes",
    "pty",
    "yaml",
    "xmlrpc",
    "telnetlib",
}
CALLS = {"eval", "exec", "compile", "__import__", "input"}
DOTTED = {
    "os.system", "os.popen", "os.spawnl", "os.spawnv", "os.execl", "os.execvp", "os.startfile", "commands.getoutput",
    "subprocess.getoutput", "subprocess.getstatusoutput", "numpy.load", "np.load", "pd.read_pickle",
    "pandas.read_pickle",
    "pd.eval", "pandas.eval", "tempfile.mktemp",
}  # fmt: skip


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))))


def faults(rule: Callable[[Path, ast.AST], Iterator[str]], sources: Iterable[Path] = SOURCES) -> list[str]:
    """What a rule finds in the sources, each with its file and line."""
    return [
        f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 0)} {fault}"
        for path in sources
        for node in nodes(path)
        for fault in rule(path, node)
    ]


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def test_no_shell_no_eval_no_pickle() -> None:
    def rule(path: Path, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Import | ast.ImportFrom):
            held = {a.name.partition(".")[0] for a in node.names} if isinstance(node, ast.Import) else set()
            held |= {(node.module or "").partition(".")[0]} if isinstance(node, ast.ImportFrom) else set()
            yield from held & (MODULES - {"ctypes"} if path == FILES else MODULES)
            if path not in (STARTER, PRINTER):
                yield from held & {"subprocess"}
        if isinstance(node, ast.Call):
            yield from {dotted(node.func)} & (CALLS | DOTTED)
            for word in node.keywords:
                unsafe = word.arg in ("unsafe_allow_html", "unsafe_allow_javascript")
                if word.arg == "shell" or (unsafe and getattr(word.value, "value", True)):
                    yield word.arg

    assert faults(rule) == []


SAFE_SQL = {
    "NEWEST", "PAGE_SIZE", "RESIDENTS_YEAR", "_key(table)", "_marks(codes)", "marks", "column", "column.name",
    "columns", "key", "name", "order", "listed", "table", "table.key[0]", "table.name",
}  # fmt: skip
"""All that may stand inside SQL text: names that the schema gives, a number of the source, marks for values."""

ASKERS = {"execute", "executemany", "executescript"}


def test_sql_is_built_from_fixed_words_only() -> None:
    def rule(path: Path, node: ast.AST) -> Iterator[str]:
        asks = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKERS
        if not (asks and node.args):
            return
        for part in ast.walk(node.args[0]):
            if isinstance(part, ast.FormattedValue) and ast.unparse(part.value) not in SAFE_SQL:
                yield f"puts {ast.unparse(part.value)} into SQL"
            if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mod):
                yield "builds SQL with %"
            if isinstance(part, ast.Call) and dotted(part.func).endswith(".format"):
                yield "builds SQL with format"

    assert faults(rule) == []


WRITERS = {
    "write_text",
    "write_bytes",
    "mkdir",
    "unlink",
    "replace_files",
    "mkstemp",
    "NamedTemporaryFile",
    "rmtree",
}


def test_pages_write_no_file() -> None:
    def rule(path: Path, node: ast.AST) -> Iterator[str]:
        if not isinstance(node, ast.Call):
            return
        name = dotted(node.func)
        if name.rpartition(".")[2] in WRITERS:
            yield name
        if name in ("open", "io.open", "os.open") or name.endswith(".open"):
            mode = node.args[0 if name.endswith(".open") else 1 :][:1]
            if not all(getattr(m, "value", "r") in ("r", "rb") for m in mode):
                yield f"{name} to write"

    screens = [p for p in SOURCES if {"ui", "views", "pages"} & {*p.relative_to(ROOT).parts}]
    assert len(screens) > 50
    assert faults(rule, screens) == []


def test_uploads_stay_in_memory() -> None:
    held = "\n".join(p.read_text(encoding="utf-8") for p in SOURCES)
    places = {p.relative_to(ROOT).as_posix() for p in SOURCES if "st.file_uploader(" in p.read_text(encoding="utf-8")}
    # A scenario or a drawing goes to the desk; counts of one's own are read and the file is let go.
    assert places == {"lgrdata/ui/redraw/files.py", "lgrdata/ui/share_out/counts.py"}
    assert held.count("st.file_uploader(") == 2
    assert "accept_multiple_files" not in held


@pytest.mark.parametrize("text", NASTY)
def test_hostile_text_is_only_text(text: str) -> None:
    link = Link(text, "url", text)
    blocks = (
        Para(("a", text, link, StruckThrough(text))),
        Items((text,)),
        Table(text, text, (text, "n"), ((text, link),), note=text, row_ids=(text,)),
    )
    html = "".join(markup.block(b, lambda k: k.key, lambda c: "", lambda p: "") for b in blocks)
    html += markup.folded(text, "") + markup.entry(Entry(text, (text, link), (text,)), lambda k: None)
    tree = ElementTree.fromstring(f"<div>{html}</div>")
    allowed = {
        "div",
        "p",
        "br",
        "ul",
        "li",
        "a",
        "s",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "details",
        "summary",
    }
    assert {e.tag for e in tree.iter()} <= allowed
    assert not {a for e in tree.iter() for a in e.attrib if a.startswith("on")}


@pytest.mark.parametrize("text", NASTY)
def test_hostile_names_on_a_map(tiny_db: Path, text: str) -> None:
    data = opened(tiny_db)
    split = data.split("squares", "squares-2ua")
    try:
        named = rename(split, 0, text)
    except LgrError:
        return  # nothing is left of it
    tree = ElementTree.fromstring(split_map(data, named).svg)
    assert not {e.tag.rpartition("}")[2] for e in tree.iter()} & {
        "script",
        "image",
        "foreignObject",
        "a",
        "iframe",
        "img",
    }
    assert not {a for e in tree.iter() for a in e.attrib if a.startswith("on")}


@pytest.mark.parametrize("text", NASTY)
def test_hostile_names_as_markdown(text: str) -> None:
    assert not re.search(r"(?<!\\)[\[\]<>!`*_:$]", as_markdown(text))
    name = one_line(text, 80)
    assert "](" not in name and "://" not in name and len(name.splitlines()) <= 1 and len(name) <= 80
    name.encode("utf-8")
    assert one_line(name, 80) == name


def test_the_painted_map_writes_names_as_text() -> None:
    script = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "lgrdata" / "ui").rglob("*.js"))
    assert "textContent" in script
    for way in (
        "insertAdjacentHTML",
        "outerHTML",
        "document.write",
        "eval(",
        "new Function",
        "fetch(",
        "XMLHttpRequest",
    ):
        assert way not in script, way
    # Only constants of the script itself may be set as markup: patterns and swatches, never a name.
    for given in re.findall(r"\.innerHTML\s*=\s*(.*)", script):
        assert set(re.findall(r"\$\{([^}]*)", given)) <= {"PATTERNS[stage]", "stage", "mark(stage)"}, given


def test_settings_of_a_public_server() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["enableXsrfProtection"] is True and settings["server"]["enableCORS"] is True
    assert settings["server"]["maxUploadSize"] * 1_000_000 == MAX_BYTES
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none" and settings["client"]["toolbarMode"] in (
        "minimal",
        "viewer",
    )
    assert settings["runner"]["magicEnabled"] is False
    assert not {"cookieSecret", "sslKeyFile"} & settings["server"].keys(), "no secret is kept in the project"


def test_every_package_is_pinned_with_a_hash() -> None:
    pins: list[dict[str, str]] = []
    for listed in ("requirements.txt", "tests/requirements.txt"):
        text = (ROOT / listed).read_text(encoding="utf-8").replace("\\\n", " ")
        wanted = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        assert len(wanted) > 20
        for line in wanted:
            assert re.match(
                r"^[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==[0-9][^ ;]*( ;.*?)?( +--hash=sha256:[0-9a-f]{64})+ *(#.*)?$",
                line,
            ), line[:90]
        pins.append({re.split(r"[\[=]", line)[0]: line.partition("==")[2] for line in wanted})
    runs, tests = pins
    assert [name for name in runs.keys() & tests.keys() if runs[name] != tests[name]] == [], "the two lists differ"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {"run": project["project"]["dependencies"], **project["dependency-groups"]}
    named = {key: {re.split(r"[\[<>=]", d)[0].lower() for d in listed} for key, listed in groups.items()}
    assert named["run"] | named["pytest"] <= runs.keys() and named["test"] <= tests.keys()
    assert not named["test"] & runs.keys(), "what only the tests need is not installed to run"
    assert "sys_platform == 'win32'" in runs["colorama"], "Windows needs what Linux does not"
