"""The explorer's session keeps what is locked, as the app does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from engine_node import node

from export.explorer import page
from lgrdata.dataset.dataset import Dataset
from lgrdata.engine.linked import engine_script, linked
from lgrdata.engine.sheet import sheet, text

SAY = """
import { readFileSync } from "node:fs";
const area = lgrEngine.readArea(JSON.parse(readFileSync(process.argv[2], "utf8")));
const start = lgrEngine.today(area), [code] = area.authorities.code;
const two = lgrEngine.addCouncil(area, lgrEngine.single(area));
const begun = () => {
  const session = new sessions.Session(area, two, "one");
  session.act({ type: "paint", codes: [code], council: 1 });
  return session;
};
const refused = (session, act) => {
  const was = session.split;
  try { act(session); } catch (fault) { return [fault.message, session.split === was]; }
  return ["", session.split === was];
};
const out = [];
const locks = [{ type: "lock", codes: [code], locked: true }, { type: "lock_council", council: 0, locked: true }];
for (const lock of locks) {
  for (const act of [(s) => s.reset(), (s) => s.act({ type: "accept", offer: "reset" }), (s) => s.remove(1)]) {
    const session = begun();
    session.act(lock);
    out.push(refused(session, act));
  }
}
// A ward that is locked holds its authority in parts.
const parts = begun(), [first] = area.wardsOf[1].map((w) => area.wards.code[w]);
parts.act({ type: "paint", codes: [first], council: 1 });
parts.act({ type: "lock", codes: [first], locked: true });
out.push(refused(parts, (s) => s.act({ type: "close", codes: [area.authorities.code[1]] })));
// The lock of a council goes with it, and a locked council takes nothing.
const last = begun();
last.add();
last.act({ type: "lock_council", council: 2, locked: true });
last.act({ type: "paint", codes: [code], council: 2 });
const took = last.split.authority[0];
last.remove(2);
last.add();
console.log(JSON.stringify({ out, took, locked: [...last.councils] }));
"""


def test_what_is_locked_stays_and_a_lock_goes_with_its_council(real_db: Path, tmp_path: Path) -> None:
    dataset = Dataset(real_db)
    (tmp_path / "sheet.json").write_text(text(sheet(dataset, "surrey", wards=True)), encoding="utf-8")
    block = dataset.facts("surrey").authorities[0].name
    dataset.close()
    script = engine_script() + linked(page.HERE / "js", "session", "sessions") + SAY
    (tmp_path / "say.mjs").write_text(script, encoding="utf-8")
    done = subprocess.run(
        [node(), str(tmp_path / "say.mjs"), str(tmp_path / "sheet.json")], check=False, timeout=60, text=True,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    assert all(kept for _, kept in said["out"])
    told = [words for words, _ in said["out"]]
    assert told[:3] == [f"{block} is locked, so nothing was changed"] * 3
    assert all(words.endswith(" is locked, so nothing was changed") for words in told[3:])
    assert (said["took"], said["locked"]) == (1, [])
