"""The starter installs what runs, what the tests need only for the tests, and a list again only when it changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from lgrdata.reading.db import ROOT


def test_each_list_is_installed_once_and_again_when_it_changed(tmp_path: Path) -> None:
    (tmp_path / "lgrdata").mkdir()
    (tmp_path / "tests").mkdir()
    for name in ("__init__.py", "start.py"):
        shutil.copy2(ROOT / "lgrdata" / name, tmp_path / "lgrdata")
    run, tests = tmp_path / "requirements.txt", tmp_path / "tests" / "requirements.txt"
    run.write_text("# nothing\n", encoding="utf-8")
    tests.write_text("# nothing\n", encoding="utf-8")
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LGR_", "PYTHON"))}

    def installed(for_tests: bool) -> list[str]:
        code = f"from lgrdata import start; start.environment(tests={for_tests})"
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return [line.split()[5] for line in done.stdout.splitlines() if line.startswith("Installing")]

    assert installed(False) == ["requirements.txt"]
    assert installed(True) == ["tests/requirements.txt"]
    assert installed(True) == []
    tests.write_text("# still nothing\n", encoding="utf-8")
    assert installed(False) == []
    assert installed(True) == ["tests/requirements.txt"]
