"""The engine's script run by the node that Playwright brings: requests as lines of JSON in, answers as lines out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

from lgrdata.engine.linked import engine_script

HARNESS = """
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
const areas = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const { sheet, split, ask } = JSON.parse(line);
  if (!areas.has(sheet)) areas.set(sheet, lgrEngine.readArea(JSON.parse(readFileSync(sheet, "utf8"))));
  const area = areas.get(sheet), out = {};
  for (const [name, make] of Object.entries({
    effects: () => lgrEngine.effects(area, split),
    desk: () => lgrEngine.deskDocument(area, split, { lens: "county", before: lgrEngine.today(area) }),
    faults: () => lgrEngine.faults(area, split),
    mended: () => lgrEngine.faults(area, split).map(({ mend }) => mend && lgrEngine.applyMend(area, split, mend)),
    decoded: () => lgrEngine.decode(area, lgrEngine.encode(area, split)),
    known: () => lgrEngine.recognise(area, split)?.proposal ?? null,
    standings: () => lgrEngine.standings(area, split),
    standing: () => lgrEngine.standing(area, split, "county"),
  })) if (ask.includes(name)) out[name] = make();
  console.log(JSON.stringify(out));
}
"""


def node() -> str:
    """The node of Playwright's own driver."""
    found = compute_driver_executable()
    return str(found[0] if isinstance(found, tuple) else found)


def answers(requests: Iterable[dict[str, Any]], folder: Path, script: str = "") -> list[dict[str, Any]]:
    """What the engine says to each request; AssertionError with its words where it fails."""
    path = folder / "engine.mjs"
    path.write_text((script or engine_script()) + HARNESS, encoding="utf-8")
    given = "".join(json.dumps(r) + "\n" for r in requests)
    done = subprocess.run([node(), str(path)], input=given, capture_output=True, text=True, timeout=580, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]
