"""The systemd unit: a replica that can reach nobody and write nothing."""

from __future__ import annotations

import configparser
import shutil
import subprocess
from pathlib import Path

from replica import ROOT

UNIT = ROOT / "docs" / "deploy" / "lgr@.service"


def test_a_replica_may_speak_with_this_machine_alone(tmp_path: Path) -> None:
    unit = configparser.RawConfigParser(strict=True)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(UNIT.read_text(encoding="utf-8"))
    service = unit["Service"]
    assert service["IPAddressDeny"] == "any" and service["IPAddressAllow"] == "localhost"
    assert "--server.address 127.0.0.1" in service["ExecStart"]
    assert {service[k] for k in ("NoNewPrivileges", "PrivateTmp", "ProtectHome", "DynamicUser")} == {"yes"}
    assert service["ProtectSystem"] == "strict"
    checker = shutil.which("systemd-analyze")
    if checker:  # where systemd is, it reads the unit too
        named = tmp_path / "lgr@8501.service"
        named.write_text(UNIT.read_text(encoding="utf-8").replace("/srv/lgr/.venv/bin/python", "/bin/true"))
        done = subprocess.run([checker, "verify", str(named)], capture_output=True, text=True)
        assert "lgr@8501.service" not in done.stderr, done.stderr
