// The shape of councils: are they in one piece, which borders are cut, how compact they are.

import { pieces } from "./pieces.js";
import { DIVIDED, inUse, isWhole, looseWards, shares } from "./split.js";
import { small } from "./words.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Split} Split */
/** @typedef {import("./types.js").Detached} Detached */

const NAMED = 3;

/**
 * Councils in more than one piece by land and tidal water; what lies outside the largest piece.
 * @param {Area} area
 * @param {Split} split
 * @returns {Detached[]}
 */
export function detached(area, split) {
  /** @type {Detached[]} */
  const out = [];
  for (const c of inUse(area, split)) {
    const apart = pieces(area, split, c);
    if (apart.length < 2) continue;
    const together = pieces(area, split, c, true);
    const bySea = together.length === 1;
    const shown = bySea ? apart : together;
    out.push({ council: split.names[c], pieces: shown.length, codes: shown.slice(1).flat(), bySea });
  }
  return out;
}

/**
 * 'East is in two pieces: Spelthorne lies apart', without a full stop.
 * @param {Area} area
 * @param {Detached} found
 * @returns {string}
 */
export function detachedWords(area, found) {
  const names = found.codes.map((code) => blockName(area, code));
  const named = names.length === 1 ? names[0]
    : names.length <= NAMED ? `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`
      : `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more`;
  if (found.bySea) return `${found.council} is joined only by sea: ${named}`;
  return `${found.council} is in ${small(found.pieces)} pieces: ${named} ${names.length === 1 ? "lies" : "lie"} apart`;
}

/**
 * The name of a block; a ward's with its authority's, because many share a name.
 * @param {Area} area
 * @param {string} code
 * @returns {string}
 */
export function blockName(area, code) {
  const i = area.authorityIndex.get(code);
  if (i !== undefined) return area.authorities.name[i];
  const w = area.wardIndex.get(code) ?? -1;
  return `${area.wards.name[w]} (${area.authorities.name[area.wards.authority[w]]})`;
}

/**
 * Number and km of the borders between authorities that the split cuts. A divided authority counts once more.
 * @param {Area} area
 * @param {Split} split
 * @returns {{ borders: number, km: number }}
 */
export function cuts(area, split) {
  const whole = area.authorities.links, fine = area.wards.links;
  /** @type {Set<string>} */
  const cut = new Set();
  let metres = 0;
  for (let n = 0; n < whole.a.length; n++) {
    const [a, b, kind] = [whole.a[n], whole.b[n], whole.kind[n]];
    if (kind === "s" || !parted(split.authority[a], split.authority[b])) continue;
    cut.add(pairOf(a, b));
    if (kind === "l") metres += whole.metres[n];
  }
  if (isWhole(split)) return { borders: cut.size, km: metres / 1000 };
  /** @type {Set<string>} */
  const meeting = new Set();
  for (let n = 0; n < fine.a.length; n++) {
    const x = area.wards.authority[fine.a[n]], y = area.wards.authority[fine.b[n]];
    if (fine.kind[n] === "s") continue;
    if (x !== y) meeting.add(pairOf(x, y));
    if (split.authority[x] !== DIVIDED && split.authority[y] !== DIVIDED) continue;
    if (!parted(split.ward[fine.a[n]], split.ward[fine.b[n]])) continue;
    if (x !== y) cut.add(pairOf(x, y));
    if (fine.kind[n] === "l") metres += fine.metres[n];
  }
  // Pairs with a divided authority and no touching wards on record: cut where they share no council.
  const share = shares(area, split);
  for (let n = 0; n < whole.a.length; n++) {
    const [a, b] = [whole.a[n], whole.b[n]];
    if (whole.kind[n] === "s" || meeting.has(pairOf(a, b))) continue;
    if (split.authority[a] !== DIVIDED && split.authority[b] !== DIVIDED) continue;
    const both = share[a].some((s) => s > 0) && share[b].some((s) => s > 0);
    if (both && !share[a].some((s, c) => s > 0 && share[b][c] > 0)) cut.add(pairOf(a, b));
    else cut.delete(pairOf(a, b));
  }
  return { borders: cut.size + split.authority.filter((c) => c === DIVIDED).length, km: metres / 1000 };
}

/**
 * Polsby–Popper of each council from simplified outlines; null for a council without blocks.
 * @param {Area} area
 * @param {Split} split
 * @returns {(number | null)[]}
 */
export function compactness(area, split) {
  const size = split.names.map(() => 0), around = split.names.map(() => 0);
  const own = area.authorities.outlines, fine = area.wards.outlines;
  split.authority.forEach((c, i) => {
    if (c < 0) return;
    size[c] += own.area[i];
    around[c] += own.perimeter[i];
  });
  for (let n = 0; n < own.a.length; n++) {
    const c = split.authority[own.a[n]];
    if (c >= 0 && c === split.authority[own.b[n]]) around[c] -= 2 * own.shared[n];
  }
  if (!isWhole(split)) {
    for (const w of looseWards(area, split)) {
      size[split.ward[w]] += fine.area[w];
      around[split.ward[w]] += fine.perimeter[w];
    }
    for (let n = 0; n < fine.a.length; n++) {
      const c = split.ward[fine.a[n]];
      if (c < 0 || c !== split.ward[fine.b[n]]) continue;
      const [x, y] = [area.wards.authority[fine.a[n]], area.wards.authority[fine.b[n]]];
      if (split.authority[x] === DIVIDED || split.authority[y] === DIVIDED) around[c] -= 2 * fine.shared[n];
    }
  }
  return size.map((a, c) => (a > 0 && around[c] > 0 ? Math.min((4 * Math.PI * a) / around[c] ** 2, 1) : null));
}

/**
 * @param {number} x
 * @param {number} y
 */
const parted = (x, y) => x !== y && x >= 0 && y >= 0;

/**
 * @param {number} a
 * @param {number} b
 */
const pairOf = (a, b) => (a < b ? `${a} ${b}` : `${b} ${a}`);
