// The split code: a split as short text, one canonical form for each (as lgrdata/splits/splitcode.py writes it).

import { blockOrder, DIVIDED, fromArrays, OUT } from "./split.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Split} Split */
/** @typedef {import("./types.js").Known} Known */

const CODE_VERSION = "s1";

/**
 * @param {Area} area
 * @param {Split} split
 * @returns {string}
 */
export function encode(area, split) {
  /** @type {Map<number, number>} */
  const order = new Map();
  for (const c of blockOrder(area, split)) if (c >= 0 && !order.has(c)) order.set(c, order.size);
  /** @param {number} c */
  const letter = (c) => (c === DIVIDED ? "w" : c === OUT ? "x" : String(order.get(c)));
  const groups = [split.authority.map(letter).join("")];
  split.authority.forEach((c, i) => {
    if (c === DIVIDED) groups.push(area.wardsOf[i].map((w) => letter(split.ward[w])).join(""));
  });
  return [CODE_VERSION, area.sheet.blocks_hash, ...groups].join(".");
}

/**
 * Council numbers in the order in which the code mentions them, then the empty ones.
 * @param {Area} area
 * @param {Split} split
 * @returns {number[]}
 */
export function firstAppearance(area, split) {
  const seen = [...new Set(blockOrder(area, split))].filter((c) => c >= 0);
  return [...seen, ...split.names.map((_, c) => c).filter((c) => !seen.includes(c))];
}

/**
 * The split a code stands for, councils named in order of first appearance. Throws an Error in words.
 * @param {Area} area
 * @param {string} code
 * @returns {Split}
 */
export function decode(area, code) {
  const [version, hash, ...groups] = code.split(".");
  if (version !== CODE_VERSION) throw new Error(`the split code begins with “${version.slice(0, 8)}”; this page reads ${CODE_VERSION}`);
  if (hash !== area.sheet.blocks_hash) {
    throw new Error(`this split code was made for another area or for older boundaries than those held for ${area.sheet.area.name}`);
  }
  const used = [...groups.join("")].filter((c) => /[0-9]/.test(c)).map(Number);
  const names = Array.from({ length: Math.max(-1, ...used) + 1 }, (_, n) => `Council ${n + 1}`);
  return fromGroups(area, groups, names);
}

/**
 * The split of a proposal's drawing.
 * @param {Area} area
 * @param {Known} known
 * @returns {Split}
 */
export function ofDrawing(area, known) {
  return { ...fromGroups(area, known.groups, known.names), proposal: known.proposal, basis: known.basis };
}

/**
 * @param {Area} area
 * @param {string[]} groups a letter for each authority, then a group of letters for each divided one's wards
 * @param {string[]} names
 * @returns {Split}
 */
function fromGroups(area, groups, names) {
  const [first = "", ...rest] = groups;
  if (first.length !== area.count) throw new Error(`the split code should name ${area.count} authorities of ${area.sheet.area.name}`);
  /** @param {string} letter */
  const number = (letter) => {
    if (letter === "x") return OUT;
    if (!/[0-9]/.test(letter) || Number(letter) >= area.sheet.most_councils) throw new Error(`“${letter}” is not a council number`);
    return Number(letter);
  };
  const ward = area.wards.code.map(() => OUT);
  const authority = [...first].map((letter, i) => {
    const wards = area.wardsOf[i];
    if (letter !== "w") {
      const c = number(letter);
      for (const w of wards) ward[w] = c;
      return c;
    }
    if (!area.sheet.wards) throw new Error("this split divides a district by wards, which this file does not hold");
    const text = rest.shift() ?? "";
    if (text.length !== wards.length) throw new Error(`the split code should list ${wards.length} wards of ${area.authorities.name[i]}`);
    [...text].forEach((c, k) => (ward[wards[k]] = number(c)));
    return DIVIDED;
  });
  if (rest.length) throw new Error("the split code lists wards of an authority that it does not divide");
  return fromArrays(area, authority, ward, names);
}

/**
 * The split marked as the proposal whose lines it has; null where it has none's. Never today's councils.
 * @param {Area} area
 * @param {Split} split
 * @returns {Known | null}
 */
export function recognise(area, split) {
  const [, , ...groups] = encode(area, split).split(".");
  const text = groups.join(".");
  return area.sheet.drawings.find((known) => canonical(known.groups) === text) ?? null;
}

/**
 * Groups of letters relabelled by first appearance.
 * @param {string[]} groups
 * @returns {string}
 */
function canonical(groups) {
  const [first, ...rest] = groups;
  /** @type {Map<string, string>} */
  const order = new Map();
  const queue = rest.slice();
  for (const letter of first) {
    for (const c of letter === "w" ? (queue.shift() ?? "") : letter) {
      if (c !== "x" && !order.has(c)) order.set(c, String(order.size));
    }
  }
  return groups.map((g) => [...g].map((c) => order.get(c) ?? c).join("")).join(".");
}
