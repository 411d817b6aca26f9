"""A laptop without a network: a folder of packages made elsewhere is enough to install and start."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from replica import ROOT, free_port, wait_for

pytestmark = pytest.mark.slow
NO_NETWORK = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_EXTRA_INDEX_URL": ""}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder removed at once: packages and environment fill more than a gigabyte, and pytest keeps its own."""
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def test_packages_of_a_folder_install_and_start_the_app_without_a_network(folder: Path, real_db: Path) -> None:
    wheels = folder / "wheelhouse"
    download = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--require-hashes",
        "-r", str(ROOT / "requirements.txt"), "-d", str(wheels),
    ]  # fmt: skip
    subprocess.run(download, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert not [p.name for p in wheels.iterdir() if p.suffix != ".whl"], "a source package would need a compiler"

    project = folder / "project"
    for name in ("lgrdata", "pages", "data", ".streamlit"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("app.py", "requirements.txt"):
        shutil.copy2(ROOT / name, project / name)

    port = free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON", "VIRTUAL_ENV"))}
    env |= NO_NETWORK | {"LGR_PIP_OPTIONS": f"--no-index --find-links={wheels}"}
    log = folder / "log"
    with log.open("wb") as out:
        command = [sys.executable, "app.py", "--server.address", "127.0.0.1", "--server.port", str(port)]
        process = subprocess.Popen(command, cwd=project, env=env, stdout=out, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}/health"
            wait_for(address, process, seconds=240)
            with urlopen(address) as answer:
                assert json.load(answer)["status"] == "ok"
        finally:
            process.terminate()
            process.wait(timeout=20)
    said = log.read_text(encoding="utf-8")
    assert "Installing the packages" in said and "Starting the app" in said

    python = project / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    areas = subprocess.run(
        [str(python), "-m", "lgrdata", "areas", "--json"], cwd=project, env=env, capture_output=True, text=True
    )
    assert areas.returncode == 0 and "surrey" in areas.stdout, areas.stderr
