// Who holds enough of a county, or of a council, to count; and the connected pieces of a council.

import { DIVIDED } from "./split.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Split} Split */
/** @typedef {import("./types.js").LinkRows} LinkRows */

const ROUNDING = 1e-9;

/**
 * Where residents held are at least 1% of the whole's, and somebody.
 * @param {Area} area
 * @param {number} held
 * @param {number} whole
 */
export const holdsPiece = (area, held, whole) => held > 0 && held >= (area.sheet.least - ROUNDING) * whole;

/**
 * The connected pieces of one council as lists of block codes, largest population first. Two blocks join by a land or
 * tidal border, and by sea where asked.
 * @param {Area} area
 * @param {Split} split
 * @param {number} council
 * @param {boolean} [sea]
 * @returns {string[][]}
 */
export function pieces(area, split, council, sea = false) {
  const { authorities, wards } = area;
  const whole = split.authority.flatMap((c, i) => (c === council ? [i] : []));
  const loose = wards.authority.flatMap((i, w) => (split.authority[i] === DIVIDED && split.ward[w] === council ? [w] : []));
  const codes = [...whole.map((i) => authorities.code[i]), ...loose.map((w) => wards.code[w])];
  const people = [...whole.map((i) => area.population[i]), ...loose.map((w) => area.wardPopulation[w])];
  const atAuthority = new Map(whole.map((i, n) => [i, n]));
  const atWard = new Map(loose.map((w, n) => [w, whole.length + n]));
  /** @type {Set<number>[]} */
  const near = codes.map(() => new Set());
  /** @type {(x: number | undefined, y: number | undefined) => void} */
  const join = (x, y) => {
    if (x === undefined || y === undefined || x === y) return;
    near[x].add(y);
    near[y].add(x);
  };
  each(authorities.links, sea, (a, b) => join(atAuthority.get(a), atAuthority.get(b)));
  if (loose.length) {
    /** @param {number} w */
    const at = (w) => atWard.get(w) ?? atAuthority.get(wards.authority[w]);
    each(wards.links, sea, (a, b) => {
      if (split.ward[a] === council && split.ward[b] === council) join(at(a), at(b));
    });
  }
  const found = connected(near);
  const size = found.map((part) => part.reduce((sum, n) => sum + people[n], 0));
  const order = found.map((_, n) => n).sort((x, y) => size[y] - size[x] || x - y);
  return order.map((n) => found[n].map((k) => codes[k]));
}

/**
 * @param {LinkRows} links
 * @param {boolean} sea
 * @param {(a: number, b: number) => void} visit
 */
function each(links, sea, visit) {
  for (let n = 0; n < links.a.length; n++) if (sea || links.kind[n] !== "s") visit(links.a[n], links.b[n]);
}

/**
 * The places that hang together, each part in order.
 * @param {Set<number>[]} near
 * @returns {number[][]}
 */
function connected(near) {
  const seen = near.map(() => false);
  /** @type {number[][]} */
  const found = [];
  near.forEach((_, start) => {
    if (seen[start]) return;
    seen[start] = true;
    const part = [start];
    for (let n = 0; n < part.length; n++) {
      for (const next of near[part[n]]) {
        if (seen[next]) continue;
        seen[next] = true;
        part.push(next);
      }
    }
    found.push(part.sort((a, b) => a - b));
  });
  return found;
}
