// A split: every block of an area given to exactly one council, or to nobody yet.

import { total } from "./area.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Split} Split */

export const OUT = -1;
export const DIVIDED = -2;

/**
 * A split from the council of every ward; which authorities are divided is found out.
 * @param {Area} area
 * @param {number[]} authority
 * @param {number[]} ward
 * @param {string[]} names
 * @param {string | null} [proposal]
 * @param {string} [basis]
 * @returns {Split}
 */
export function fromArrays(area, authority, ward, names, proposal = null, basis = "drawn") {
  const settled = authority.slice();
  area.wardsOf.forEach((wards, i) => {
    if (!wards.length) return;
    const first = ward[wards[0]];
    if (wards.every((w) => ward[w] === first)) {
      settled[i] = first;
      return;
    }
    if (!area.authorities.counted[i]) {
      throw new Error(`${area.authorities.name[i]} cannot be divided: its residents by ward are not held here`);
    }
    settled[i] = DIVIDED;
  });
  return { authority: settled, ward: ward.slice(), names, proposal, basis };
}

/**
 * A split in which each authority is whole.
 * @param {Area} area
 * @param {number[]} authority
 * @param {string[]} names
 * @param {string | null} [proposal]
 * @param {string} [basis]
 * @returns {Split}
 */
export function ofWhole(area, authority, names, proposal = null, basis = "drawn") {
  const ward = area.wards.authority.map((i) => authority[i]);
  return { authority: authority.slice(), ward, names, proposal, basis };
}

/**
 * Each upper-tier council as it is; extras stay out, but for those listed.
 * @param {Area} area
 * @param {number[]} [takenIn]
 * @returns {Split}
 */
export function today(area, takenIn = []) {
  const { upper, extra } = area.authorities;
  /** @type {string[]} */
  const names = [];
  const authority = upper.map((u, i) => {
    if (extra[i] && !takenIn.includes(i)) return OUT;
    const name = area.sheet.uppers.name[u];
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  });
  return ofWhole(area, authority, names, "today", "exact");
}

/**
 * One council for the whole area.
 * @param {Area} area
 * @returns {Split}
 */
export function single(area) {
  const authority = area.authorities.extra.map((extra) => (extra ? OUT : 0));
  return ofWhole(area, authority, [area.sheet.area.name], "single", "exact");
}

/**
 * @param {Split} split
 * @returns {boolean}
 */
export const isWhole = (split) => !split.authority.includes(DIVIDED);

/**
 * Council of each block in the order a split code mentions them: authorities, or a divided one's wards.
 * @param {Area} area
 * @param {Split} split
 * @returns {number[]}
 */
export function blockOrder(area, split) {
  return split.authority.flatMap((c, i) => (c === DIVIDED ? area.wardsOf[i].map((w) => split.ward[w]) : [c]));
}

/**
 * Numbers of the councils that hold at least one block.
 * @param {Area} area
 * @param {Split} split
 * @returns {number[]}
 */
export function inUse(area, split) {
  return [...new Set(blockOrder(area, split))].filter((c) => c >= 0).sort((a, b) => a - b);
}

/**
 * Codes of the blocks nobody has: authorities of the area, and wards of divided ones.
 * @param {Area} area
 * @param {Split} split
 * @returns {string[]}
 */
export function leftOut(area, split) {
  const { code, extra } = area.authorities;
  const lone = code.filter((_, i) => split.authority[i] === OUT && !extra[i]);
  const wards = area.wards.code.filter(
    (_, w) => split.ward[w] === OUT && split.authority[area.wards.authority[w]] === DIVIDED);
  return [...lone, ...wards];
}

/**
 * [authority][council] share of each authority's residents in each council.
 * @param {Area} area
 * @param {Split} split
 * @returns {number[][]}
 */
export function shares(area, split) {
  return split.authority.map((c, i) => {
    const row = split.names.map(() => 0);
    if (c >= 0) row[c] = 1;
    if (c !== DIVIDED) return row;
    const wards = area.wardsOf[i];
    for (const w of wards) if (split.ward[w] >= 0) row[split.ward[w]] += area.wardPopulation[w];
    const people = Math.max(total(wards.map((w) => area.wardPopulation[w])), 1);
    return row.map((n) => n / people);
  });
}

/**
 * Wards that are blocks of their own: those of divided authorities that somebody has.
 * @param {Area} area
 * @param {Split} split
 * @returns {number[]}
 */
export function looseWards(area, split) {
  if (isWhole(split)) return [];
  const { authority } = area.wards;
  return authority.flatMap((i, w) => (split.authority[i] === DIVIDED && split.ward[w] >= 0 ? [w] : []));
}

/**
 * [council][band] residents: exact, so councils add to the area.
 * @param {Area} area
 * @param {Split} split
 * @returns {number[][]}
 */
export function residents(area, split) {
  const out = split.names.map(() => area.sheet.bands.map(() => 0));
  split.authority.forEach((c, i) => {
    if (c >= 0) area.authorities.residents[i].forEach((n, band) => (out[c][band] += n));
  });
  for (const w of looseWards(area, split)) {
    area.wards.residents[w].forEach((n, band) => (out[split.ward[w]][band] += n));
  }
  return out;
}

/**
 * For each council, the authorities it holds in whole or in part.
 * @param {Area} area
 * @param {Split} split
 * @returns {Set<number>[]}
 */
export function members(area, split) {
  /** @type {Set<number>[]} */
  const held = split.names.map(() => new Set());
  split.authority.forEach((c, i) => {
    if (c >= 0) held[c].add(i);
    else if (c === DIVIDED) for (const w of area.wardsOf[i]) if (split.ward[w] >= 0) held[split.ward[w]].add(i);
  });
  return held;
}
