// What to mind of a split, in the sentences that `effects --json` gives under `warnings`.

import { blockName, detached, detachedWords } from "./borders.js";
import { costCaveats, costInputs } from "./inputs.js";
import { DIVIDED, inUse, leftOut, shares } from "./split.js";
import { joined, sentence } from "./words.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Split} Split */

const NAMED = 4;

/**
 * `notes`: only what to know of the figures, not what is unfinished or in pieces.
 * @param {Area} area
 * @param {Split} split
 * @param {boolean} [notes]
 * @returns {string[]}
 */
export function warnings(area, split, notes = false) {
  return [
    ...(notes ? [] : unfinished(area, split)),
    ...(notes ? [] : detached(area, split).map((found) => detachedWords(area, found))),
    ...costCaveats(costInputs(area, split)),
    ...labels(area, split),
    ...gaps(area, split),
  ].map(sentence);
}

/**
 * @param {Area} area
 * @param {Split} split
 * @returns {string[]}
 */
function unfinished(area, split) {
  const out = [], codes = leftOut(area, split), used = inUse(area, split);
  if (codes.length) {
    const shown = codes.slice(0, NAMED).map((code) => plainName(area, code)), rest = codes.length - shown.length;
    const listed = rest ? `${shown.join(", ")} and ${rest} more` : joined(shown);
    out.push(`${listed} ${codes.length === 1 ? "is" : "are"} in no council yet`);
  }
  const empty = split.names.filter((_, c) => !used.includes(c));
  if (empty.length) out.push(`The ${empty.length === 1 ? "council" : "councils"} called ${joined(empty)} ${empty.length === 1 ? "has" : "have"} no places yet`);
  return out;
}

/**
 * A block's own name, a ward's without its authority's.
 * @param {Area} area
 * @param {string} code
 */
export function plainName(area, code) {
  const w = area.wardIndex.get(code);
  return w === undefined ? blockName(area, code) : area.wards.name[w];
}

/**
 * @param {Area} area
 * @param {Split} split
 * @returns {string[]}
 */
function labels(area, split) {
  const out = [];
  const divided = area.authorities.name.filter((_, i) => split.authority[i] === DIVIDED);
  if (divided.length) out.push(`${joined(divided)} would be divided by wards: residents and flows there are estimates`);
  /** @type {Map<string, string[]>} */
  const alike = new Map();
  for (const c of inUse(area, split)) {
    const folded = split.names[c].split(/\s+/).join("").toLowerCase();
    alike.set(folded, [...(alike.get(folded) ?? []), split.names[c]]);
  }
  for (const names of alike.values()) {
    if (names.length > 1) out.push(`${joined(names)} are taken for different councils, though their names are alike`);
  }
  if (split.basis === "exact-parts") {
    out.push("the map is drawn in whole wards, which stand in for the line that was proposed and may differ from it");
  }
  if (split.basis === "nearest-whole") {
    out.push("the map is the nearest one of whole districts, made for this tool; it is not the proposers' own");
  }
  return out;
}

/**
 * Authorities that a council's figures leave out: a sum without them is too low, and is not the council's own.
 * @param {Area} area
 * @param {Split} split
 * @returns {string[]}
 */
function gaps(area, split) {
  const { duties, name } = area.authorities, footprints = Object.values(area.sheet.footprints);
  const held = shares(area, split).flatMap((row, i) => (row.some((s) => s > 0) ? [i] : []));
  const out = [];
  const quiet = duties ? held.filter((i) => duties[i] === null).map((i) => name[i]) : [];
  if (quiet.length) {
    out.push(`homelessness duties leave out ${joined(quiet)}: a quarter of the year is not published or not held`);
  }
  const alone = footprints.length
    ? held.filter((i) => footprints.every((f) => !f.share.some(([at]) => at === i))).map((i) => name[i]) : [];
  if (alone.length) {
    out.push(`NHS, police, fire and hospital areas are not held for ${joined(alone)}: its partners are left out`);
  }
  return out;
}
