"""The three sets of tests: every folder is in one, the whole set leaves nothing out, and what is lacking is named."""

from __future__ import annotations

import re
import subprocess
import sys

import browsers
import pytest
import sets
from house.code import ROOT, files


def test_every_test_file_stands_in_a_folder_of_a_set() -> None:
    tests = [p.relative_to(ROOT / "tests").parts for p in files("tests") if p.name.startswith("test_")]
    assert {len(parts) for parts in tests} == {2}
    assert sorted({parts[0] for parts in tests}) == sorted(sets.QUICK + sets.DAILY)


@pytest.mark.daily
def test_the_whole_set_leaves_nothing_out_and_the_quick_one_starts_nothing() -> None:
    found = {}
    for name in sets.CHOOSING:
        words = [sys.executable, "-m", "pytest", *sets.CHOOSING[name], "--collect-only", "tests/package", "tests/core"]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-500:] + done.stderr[-500:]
        found[name] = {line for line in done.stdout.splitlines() if "::" in line}
        assert ("deselected" in done.stdout) == (name != "all")
    assert found["quick"] < found["daily"] < found["all"]
    assert {re.split("[/:]", line)[1] for line in found["quick"]} == {"core"}


def test_without_chromium_a_test_fails_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AssertionError, match="apt install chromium"):
        browsers.program()
