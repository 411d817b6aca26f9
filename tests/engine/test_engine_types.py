"""The engine's modules by a type checker: TypeScript reads the types in their comments."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from engine_node import node

from lgrdata.engine.linked import ENGINE
from lgrdata.reading.db import ROOT

TSC = Path(__file__).parent / "node_modules" / "typescript" / "bin" / "tsc"
INSTALL = "npm install --no-save --prefix tests/engine typescript@5.9"
OPTIONS = ("--checkJs", "--allowJs", "--strict", "--noEmit", "--target", "es2022", "--module", "es2022",
           "--moduleResolution", "bundler")  # fmt: skip


def _checked(folder: Path) -> subprocess.CompletedProcess[str]:
    if not TSC.is_file() and shutil.which("npm"):
        subprocess.call(INSTALL.split(), cwd=ROOT, stdout=subprocess.DEVNULL)
    assert TSC.is_file(), f"TypeScript is not installed; run {INSTALL}"
    files = [str(p) for p in sorted(folder.glob("*.js"))]
    return subprocess.run(
        [node(), str(TSC), *OPTIONS, *files], capture_output=True, text=True, timeout=300, check=False
    )


@pytest.mark.slow
def test_the_engine_is_rightly_typed(tmp_path: Path) -> None:
    found = _checked(ENGINE)
    assert (found.returncode, found.stdout) == (0, "")
    # A slip in a type is seen: the check reads what it is given.
    for path in ENGINE.glob("*.js"):
        (tmp_path / path.name).write_text(
            path.read_text(encoding="utf-8").replace("x.gamma)", "x.gama)"), encoding="utf-8"
        )
    assert "gama" in _checked(tmp_path).stdout
