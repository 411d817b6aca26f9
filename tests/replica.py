"""A server of the app in a process of its own, whose log, CPU time and memory a test or a benchmark can read."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Replica:
    """One running server."""

    address: str
    port: int
    process: subprocess.Popen[bytes]
    errors: IO[bytes]

    @property
    def pid(self) -> int:
        return self.process.pid

    def cpu_ms(self) -> float:
        """CPU time the server has used so far, all threads, in milliseconds."""
        # The kernel's clock of another process; see clock_getcpuclockid(3).
        return time.clock_gettime((~self.pid << 3) | 2) * 1000

    def memory_mb(self) -> float:
        """Memory the server holds (RSS) in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def stderr(self) -> str:
        """All that the server has written to stderr."""
        self.errors.flush()
        return Path(self.errors.name).read_text(encoding="utf-8")

    def log(self) -> list[dict[str, Any]]:
        """The server's JSON log lines."""
        return [json.loads(line) for line in self.stderr().splitlines() if line.startswith("{")]

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=10)


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def replica(env: Mapping[str, str] | None = None, *options: str, script: Path = ROOT / "app.py") -> Iterator[Replica]:
    """A server on loopback, ready to answer; stopped on leaving."""
    port = free_port()
    command = [
        sys.executable, "-m", "streamlit", "run", str(script), "--server.address", "127.0.0.1",
        "--server.port", str(port), "--server.headless", "true", "--server.fileWatcherType", "none", *options,
    ]  # fmt: skip
    with tempfile.NamedTemporaryFile(suffix=".log") as errors:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/_stcore/health", process)
            yield Replica(address, port, process, errors)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(timeout=10)


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: int = 60) -> None:
    """Wait until `url` answers, at most so many seconds."""
    for _ in range(seconds * 5):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode} before {url} answered")
        try:
            urlopen(url, timeout=1).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"{url} did not answer within {seconds} seconds")
