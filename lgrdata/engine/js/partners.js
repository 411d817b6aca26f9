// Councils and their partners: NHS boards, police, fire, hospital trusts; and county services in pieces.

import { holdsPiece } from "./pieces.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Footprint} Footprint */

const ROUNDING = 1e-9;

/**
 * [authority][council] residents.
 * @param {Area} area
 * @param {number[][]} share
 * @returns {number[][]}
 */
export const councilPeople = (area, share) => share.map((row, i) => row.map((s) => s * area.population[i]));

/**
 * For each council, the partners with at least `least` of its residents, largest share first.
 * @param {Footprint} footprint
 * @param {number[][]} people [authority][council]
 * @param {number} least
 * @returns {string[][]}
 */
export function partners(footprint, people, least) {
  const councils = people[0]?.length ?? 0;
  return Array.from({ length: councils }, (_, c) => {
    const total = people.reduce((sum, row) => sum + row[c], 0);
    if (total <= 0) return [];
    const inside = footprint.names.map(() => 0);
    for (const [i, f, share] of footprint.share) inside[f] += people[i][c] * share;
    const found = inside.map((n) => n / Math.max(total, 1));
    return found.map((_, f) => f).filter((f) => found[f] >= least - ROUNDING)
      .sort((x, y) => found[y] - found[x] || x - y).map((f) => footprint.names[f]);
  });
}

/**
 * How many (council, county) pairs hold a piece of a county of today.
 * @param {Area} area
 * @param {number[][]} people
 * @returns {number}
 */
export function countyPieces(area, people) {
  return byUpper(area, people).reduce((sum, row, u) =>
    sum + (area.sheet.uppers.county[u] ? row.filter((n) => holdsPiece(area, n, area.upperPopulation[u])).length : 0), 0);
}

/**
 * [upper tier][council] sum of something held by authority and council.
 * @param {Area} area
 * @param {number[][]} rows
 * @returns {number[][]}
 */
export function byUpper(area, rows) {
  const out = area.sheet.uppers.code.map(() => (rows[0] ?? []).map(() => 0));
  rows.forEach((row, i) => row.forEach((n, c) => (out[area.authorities.upper[i]][c] += n)));
  return out;
}
