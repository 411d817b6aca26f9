// Changes that a person makes to a split while drawing; each gives a new split.

import { DIVIDED, fromArrays, OUT } from "./split.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Split} Split */

const WATER = 1000;

/**
 * The blocks given to a council, or to nobody (−1). A code is an authority's, which makes it whole, or a ward's.
 * @param {Area} area
 * @param {Split} split
 * @param {string[]} codes
 * @param {number} council
 * @returns {Split}
 */
export function give(area, split, codes, council) {
  const authority = split.authority.slice(), ward = split.ward.slice();
  for (const code of codes) {
    const i = area.authorityIndex.get(code), w = area.wardIndex.get(code);
    if (i !== undefined) {
      authority[i] = council;
      for (const inside of area.wardsOf[i]) ward[inside] = council;
    } else if (w !== undefined) {
      ward[w] = council;
    }
  }
  const after = fromArrays(area, authority, ward, split.names);
  return sameLines(after, split) ? split : after;
}

/**
 * @param {Split} a
 * @param {Split} b
 */
export const sameLines = (a, b) =>
  a.authority.every((c, i) => c === b.authority[i]) && a.ward.every((c, w) => c === b.ward[w]);

/**
 * One more council, empty, under a name not yet taken.
 * @param {Area} area
 * @param {Split} split
 * @returns {Split}
 */
export function addCouncil(area, split) {
  if (split.names.length >= area.sheet.most_councils) throw new Error(`a split has at most ${area.sheet.most_councils} councils`);
  let n = split.names.length + 1;
  while (split.names.includes(`Council ${n}`)) n += 1;
  return { ...split, names: [...split.names, `Council ${n}`] };
}

/**
 * @param {Split} split
 * @param {number} council
 * @param {string} name
 * @returns {Split}
 */
export function rename(split, council, name) {
  const given = [...name.replace(/\s+/g, " ").trim()].slice(0, 80).join("");
  if (!given) throw new Error("a council needs a name");
  const names = split.names.map((old, c) => (c === council ? given : old));
  if (new Set(names).size < names.length) throw new Error(`two councils cannot both be called ${given}`);
  return { ...split, names };
}

/**
 * The council gone; its blocks go to the neighbour they border most, or to nobody.
 * @param {Area} area
 * @param {Split} split
 * @param {number} council
 * @returns {Split}
 */
export function removeCouncil(area, split, council) {
  if (split.names.length === 1) throw new Error("a split has at least one council");
  const codes = blockCodes(area, split, council);
  const kept = give(area, split, codes, neighbourCouncil(area, split, codes, council));
  /** @param {number} c */
  const lower = (c) => (c > council ? c - 1 : c);
  return {
    authority: kept.authority.map(lower), ward: kept.ward.map(lower), names: kept.names.filter((_, c) => c !== council),
    proposal: null, basis: kept.basis,
  };
}

/**
 * A divided authority given whole to the council `wanted` where it has a part, else to that with most residents.
 * @param {Area} area
 * @param {Split} split
 * @param {string} code
 * @param {number | null} [wanted]
 * @returns {Split}
 */
export function makeWhole(area, split, code, wanted = null) {
  const i = area.authorityIndex.get(code);
  if (i === undefined || split.authority[i] !== DIVIDED) return split;
  /** @type {Map<number, number>} */
  const held = new Map();
  for (const w of area.wardsOf[i]) held.set(split.ward[w], (held.get(split.ward[w]) ?? 0) + area.wardPopulation[w]);
  return give(area, split, [code], wanted !== null && held.has(wanted) ? wanted : most(held));
}

/**
 * The blocks of a council: whole authorities, and wards of divided ones.
 * @param {Area} area
 * @param {Split} split
 * @param {number} council
 * @returns {string[]}
 */
export function blockCodes(area, split, council) {
  const whole = area.authorities.code.filter((_, i) => split.authority[i] === council);
  const loose = area.wards.code.filter(
    (_, w) => split.ward[w] === council && split.authority[area.wards.authority[w]] === DIVIDED);
  return [...whole, ...loose];
}

/**
 * The other council with which these blocks share most border; −1 where none. Land counts by length, tidal water as a
 * kilometre, sea not at all.
 * @param {Area} area
 * @param {Split} split
 * @param {string[]} codes
 * @param {number} council
 * @returns {number}
 */
export function neighbourCouncil(area, split, codes, council) {
  /** @type {Map<number, number>} */
  const touching = new Map();
  /** @type {(owner: number, weight: number) => void} */
  const add = (owner, weight) => {
    if (owner >= 0 && owner !== council) touching.set(owner, (touching.get(owner) ?? 0) + weight);
  };
  if (area.sheet.wards) {
    const inside = new Set(codes.flatMap((code) => {
      const i = area.authorityIndex.get(code), w = area.wardIndex.get(code);
      return i !== undefined ? area.wardsOf[i] : w !== undefined ? [w] : [];
    }));
    const { a, b, kind, metres } = area.wards.links;
    for (let n = 0; n < a.length; n++) {
      if (kind[n] === "s" || inside.has(a[n]) === inside.has(b[n])) continue;
      add(split.ward[inside.has(a[n]) ? b[n] : a[n]], kind[n] === "l" ? metres[n] : WATER);
    }
  } else {
    const inside = new Set(codes.map((code) => area.authorityIndex.get(code)));
    const { a, b, weight } = area.authorities.meeting;
    for (let n = 0; n < a.length; n++) {
      if (inside.has(a[n]) !== inside.has(b[n])) add(split.authority[inside.has(a[n]) ? b[n] : a[n]], weight[n]);
    }
  }
  return touching.size ? most(touching) : OUT;
}

/**
 * The key of the largest value, the lowest where they are alike.
 * @param {Map<number, number>} values
 * @returns {number}
 */
const most = (values) => [...values].sort(([a, x], [b, y]) => y - x || a - b)[0][0];
