// What a split is to the cost model: councils before and after, pieces of each county, unitaries that go or stay.

import { byUpper, councilPeople } from "./partners.js";
import { holdsPiece } from "./pieces.js";
import { DIVIDED, leftOut, members, OUT, residents, shares } from "./split.js";
import { total } from "./area.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Split} Split */
/** @typedef {import("./types.js").CostInputs} CostInputs */

/**
 * @param {Area} area
 * @param {Split} split
 * @returns {CostInputs}
 */
export function costInputs(area, split) {
  const { upper, unitary, name } = area.authorities, { uppers } = area.sheet;
  const held = members(area, split);
  const placed = split.authority.flatMap((c, i) => (c !== OUT && held.some((h) => h.has(i)) ? [i] : []));
  const touched = [...new Set(placed.map((i) => upper[i]))].sort((a, b) => a - b);
  const unitaries = placed.filter((i) => unitary[i]);
  const carriedOn = unitaries.filter((i) => split.authority[i] >= 0 && held[split.authority[i]].size === 1);
  const parts = byUpper(area, councilPeople(area, shares(area, split)));
  const counties = touched.filter((u) => uppers.county[u]).map((u) => ({
    code: uppers.code[u],
    residents: area.upperPopulation[u],
    pieces: parts[u].filter((n) => holdsPiece(area, n, area.upperPopulation[u])).length,
  }));
  const numbers = held.flatMap((h, c) => (h.size ? [c] : []));
  const nOld = counties.length + placed.length;
  const people = residents(area, split).map(total);
  const asToday = numbers.length === touched.length
    && numbers.every((c) => new Set([...held[c]].map((i) => upper[i])).size === 1);
  return {
    unchanged: nOld === carriedOn.length || (split.proposal === "today" && asToday),
    nOld,
    nNew: numbers.length,
    jAbs: unitaries.length - carriedOn.length,
    jOn: carriedOn.length,
    counties,
    populations: numbers.map((c) => people[c]),
    today: touched.map((u) => area.upperPopulation[u]),
    dividedUnitaries: unitaries.filter((i) => split.authority[i] === DIVIDED).map((i) => name[i]),
    leftOut: leftOut(area, split).length,
  };
}

/**
 * True where at least one county is held in pieces by two councils or more.
 * @param {CostInputs} given
 */
export const isSplit = (given) => !given.unchanged && given.counties.some((c) => c.pieces > 1);

/**
 * What a reader of the price must know: sentences without a full stop.
 * @param {CostInputs} given
 * @returns {string[]}
 */
export function costCaveats(given) {
  const out = given.leftOut ? ["costs count only what has a council so far"] : [];
  if (given.unchanged) return out;
  for (const name of given.dividedUnitaries) {
    out.push(`${name} is divided between councils; what it costs to split its own services is not modelled`);
  }
  if (given.counties.length > 1 && isSplit(given)) {
    out.push("two counties are involved: what it costs to split each is added");
  }
  return out;
}
