"""Getting ready on a fresh machine: a virtual environment, the packages, the dataset, then the app.

Runs on plain Python, before any package is there: standard library only. `python3 app.py` comes here.
LGR_VENV names another environment, which is used as it is: nothing is installed into it. Without it, .venv is made and
kept up to date here; LGR_PIP_OPTIONS are further options for pip.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
SHARE = "--share"


def inside_streamlit() -> bool:
    """True where Streamlit is running this process's script, rather than plain Python."""
    if "streamlit" not in sys.modules:
        return False
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    return get_script_run_ctx(suppress_warning=True) is not None


def start(arguments: Sequence[str] = ()) -> None:
    """Set up where needed, then become the app. `arguments` go to Streamlit (--server.port 8502).

    With --share among them it is open to the networks of this machine; without, to this machine alone. The app itself
    says which, and its address.
    """
    if SHARE in arguments:
        arguments = [a for a in arguments if a != SHARE] + ["--server.address", "0.0.0.0"]
    python = environment()
    ready = (
        "from lgrdata.keeping import fresh; told = fresh.ensure().message; print(told or 'The dataset is up to date.')"
    )
    subprocess.call([str(python), "-c", ready], cwd=ROOT)
    print("Starting the app. Stop it with Ctrl+C.", flush=True)
    command = [str(python), "-m", "streamlit", "run", str(ROOT / "app.py"), *arguments]
    os.chdir(ROOT)
    os.execv(command[0], command)


def own_address() -> str:
    """This machine's address on its network, or its name where it has none. Nothing is sent and nobody asked."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Naming a far end makes the system choose the near one; a datagram socket sends nothing by it.
            probe.connect(("10.255.255.255", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def environment(*, tests: bool = False) -> Path:
    """The Python of the project's own environment, made or brought up to date; ends with one line where it cannot.

    It holds what the app runs on, and what the tests need besides only where asked.
    """
    if sys.version_info < OLDEST:
        stop(f"Python {'.'.join(map(str, OLDEST))} or newer is needed; this is {sys.version.split()[0]}.")
    inside = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    named = os.environ.get("LGR_VENV", "").strip()
    if named:
        if not (Path(named) / inside).exists():
            stop(f"LGR_VENV names {named}, which is no virtual environment: there is no {inside} in it.")
        return Path(named) / inside
    python = VENV / inside
    if not python.exists():
        print("Making a virtual environment in .venv …", flush=True)
        _make_venv()
    _install(python, "requirements.txt")
    if tests:
        _install(python, "tests/requirements.txt")
    return python


def _install(python: Path, listed: str) -> None:
    """Install the packages of a list, unless it is the very list that was installed last."""
    wanted = hashlib.sha256((ROOT / listed).read_bytes()).hexdigest()
    stamp = VENV / f"{listed.removesuffix('.txt').replace('/', '-')}.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing the packages listed in {listed} …", flush=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    options = os.environ.get("LGR_PIP_OPTIONS", "").split()
    if subprocess.call([*install, *options, "--require-hashes", "-r", str(ROOT / listed)]) != 0:
        stop("The packages could not be installed; the lines above say why. docs/running.md: how to install offline.")
    stamp.write_text(wanted)


def _make_venv() -> None:
    made = subprocess.call([sys.executable, "-m", "venv", str(VENV)], stdout=subprocess.DEVNULL)
    if made == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    # Debian keeps venv's pip in a package of its own.
    if install_by_apt(["python3-venv"]) and subprocess.call([sys.executable, "-m", "venv", str(VENV)]) == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    stop("A virtual environment could not be made. On Debian or Ubuntu: apt install python3-venv, then try again.")


def install_by_apt(packages: Sequence[str]) -> bool:
    """Install Debian packages where this may be done (root, apt-get at hand); False where not or where it failed."""
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.call(["apt-get", "update", "-q"], **quiet)  # type: ignore[arg-type]
    print(f"Installing {', '.join(packages)} by apt …", flush=True)
    wanted = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]
    return subprocess.call(wanted, **quiet) == 0  # type: ignore[arg-type]


def stop(line: str) -> None:
    """End with one line of advice."""
    print(line, file=sys.stderr)
    raise SystemExit(1)
