// Faults of a drawing as findings: what is wrong, where, and the change that would put it right.

import { give, neighbourCouncil, removeCouncil } from "./edits.js";
import { pieces } from "./pieces.js";
import { inUse, leftOut, OUT } from "./split.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Split} Split */
/** @typedef {import("./types.js").Mend} Mend */
/** @typedef {import("./types.js").Fault} Fault */

const LISTED = 6;

/**
 * All that is to be minded of a drawing, what nobody has first.
 * @param {Area} area
 * @param {Split} split
 * @returns {Fault[]}
 */
export function faults(area, split) {
  /** @type {Fault[]} */
  const out = [];
  const nobodys = leftOut(area, split), used = new Set(inUse(area, split));
  for (const code of nobodys.slice(0, LISTED)) {
    const mend = giving([code], neighbourCouncil(area, split, [code], OUT));
    out.push({ kind: "left_out", council: OUT, codes: [code], count: 1, mend });
  }
  if (nobodys.length > LISTED) {
    out.push({ kind: "more_left_out", council: OUT, codes: [], count: nobodys.length - LISTED, mend: null });
  }
  split.names.forEach((_, c) => {
    if (!used.has(c)) {
      out.push({ kind: "empty", council: c, codes: [], count: 0, mend: { codes: [], council: OUT, remove: c } });
      return;
    }
    const found = pieces(area, split, c);
    if (found.length === 1) return;
    const codes = found.slice(1).flat(), bySea = pieces(area, split, c, true).length === 1;
    const mend = bySea ? null : giving(found[1], neighbourCouncil(area, split, found[1], c));
    out.push({ kind: bySea ? "sea" : "pieces", council: c, codes, count: found.length, mend });
  });
  return out;
}

/**
 * @param {string[]} codes
 * @param {number} home
 * @returns {Mend | null}
 */
const giving = (codes, home) => (home >= 0 ? { codes, council: home, remove: null } : null);

/**
 * The split with a mend made.
 * @param {Area} area
 * @param {Split} split
 * @param {Mend} mend
 * @returns {Split}
 */
export const applyMend = (area, split, mend) =>
  mend.remove !== null ? removeCouncil(area, split, mend.remove) : give(area, split, mend.codes, mend.council);
