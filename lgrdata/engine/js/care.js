// People in care by council: published counts of today's upper tiers, shared by estimates, with low and high.

import { byUpper, councilPeople } from "./partners.js";
import { largestRemainder, rint } from "./rounding.js";
import { inUse, looseWards, shares } from "./split.js";
import { total } from "./area.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Split} Split */
/** @typedef {{ value: number | null, low: number | null, high: number | null, status: string }} CareEstimate */

const ORDER_STEP = 100_000;

/**
 * [council][outcome] estimates. A council made of whole upper tiers has their published count; a part of one is
 * estimated; where one publishes none it is not available. Councils add exactly to the published total.
 * @param {Area} area
 * @param {Split} split
 * @returns {CareEstimate[][]}
 */
export function careEstimates(area, split) {
  const { outcomes, uppers } = area.sheet;
  const held = holdings(area, split);
  const city = cityParted(area, split);
  const used = inUse(area, split);
  const out = split.names.map(() => outcomes.map(() => missing()));
  outcomes.forEach((_, o) => {
    const factors = uppers.code.map((_, u) => factorsOf(area, o, city[u]));
    /** @param {number} c */
    const sums = (c) => {
      let value = 0, low = 0, high = 0, exact = true;
      uppers.code.forEach((_, u) => {
        if (!held.holds[u][c]) return;
        const published = uppers.published[u][o] ?? NaN;
        const whole = held.whole[u][c] === area.membersOf[u];
        const share = whole ? 1 : shareOf(held.parts[u][c][o], area.upperTotals[u][o]);
        if (!whole) exact = false;
        value += published * share;
        low += published * (whole ? 1 : moved(share, factors[u][0]));
        high += published * (whole ? 1 : moved(share, factors[u][1]));
      });
      if (exact) return { value, low: value, high: value, exact };
      [low, high] = [Math.min(low, value), Math.max(high, value)];
      return { value: Number.isNaN(low) || Number.isNaN(high) ? NaN : value, low, high, exact };
    };
    const found = new Map(used.map((c) => [c, sums(c)]));
    const known = used.filter((c) => !Number.isNaN(found.get(c)?.value));
    /** @type {Map<number, number>} */
    const people = new Map();
    const rest = [];
    for (const c of known) {
      if (found.get(c)?.exact) people.set(c, rint(/** @type {number} */ (found.get(c)?.value)));
      else rest.push(c);
    }
    const everyone = rint(total(known.map((c) => found.get(c)?.value ?? 0))) - total([...people.values()]);
    const shared = largestRemainder(rest.map((c) => found.get(c)?.value ?? 0), everyone, rest.map((c) => held.first[c]));
    rest.forEach((c, n) => people.set(c, shared[n]));
    for (const c of known) {
      const n = /** @type {number} */ (people.get(c)), sum = found.get(c) ?? { low: NaN, high: NaN, exact: false };
      out[c][o] = {
        value: n,
        low: Math.min(Math.floor(sum.low + 1e-6), n),
        high: Math.max(Math.ceil(sum.high - 1e-6), n),
        status: sum.exact ? "published" : "estimated",
      };
    }
  });
  return out;
}

/** @returns {CareEstimate} */
const missing = () => ({ value: null, low: null, high: null, status: "not available" });

/**
 * A part's share when its rate is `factor` times the rest of its county's.
 * @param {number} share
 * @param {number} factor
 */
const moved = (share, factor) => (share * factor) / (share * factor + 1 - share);

/**
 * @param {number} part
 * @param {number} whole
 */
const shareOf = (part, whole) => (Number.isNaN(whole) ? NaN : whole > 0 ? Math.min(Math.max(part / whole, 0), 1) : 0);

/**
 * Low and high factors of a county's parts: of cities where one is parted from the county around it.
 * @param {Area} area
 * @param {number} outcome
 * @param {boolean} city
 * @returns {[number, number]}
 */
function factorsOf(area, outcome, city) {
  const fit = area.sheet.fits[outcome];
  if (!fit) return [NaN, NaN];
  return [city ? fit.city_low ?? fit.low : fit.low, city ? fit.city_high ?? fit.high : fit.high];
}

/**
 * Which part of each upper-tier council of today each new council holds.
 * @param {Area} area
 * @param {Split} split
 */
function holdings(area, split) {
  const { upper, estimates } = area.authorities;
  const parts = area.sheet.uppers.code.map(() => split.names.map(() => area.sheet.outcomes.map(() => 0)));
  const holds = area.sheet.uppers.code.map(() => split.names.map(() => false));
  const whole = area.sheet.uppers.code.map(() => split.names.map(() => 0));
  const first = split.names.map(() => Infinity);
  /** @type {(u: number, c: number, people: (number | null)[], order: number) => void} */
  const add = (u, c, people, order) => {
    people.forEach((n, o) => (parts[u][c][o] += n ?? NaN));
    holds[u][c] = true;
    first[c] = Math.min(first[c], order);
  };
  split.authority.forEach((c, i) => {
    if (c < 0) return;
    add(upper[i], c, estimates[i], i * ORDER_STEP);
    whole[upper[i]][c] += 1;
  });
  for (const w of looseWards(area, split)) {
    const i = area.wards.authority[w];
    add(upper[i], split.ward[w], area.wards.estimates[w], i * ORDER_STEP + 1 + w);
  }
  return { parts, holds, whole, first };
}

/**
 * Counties out of which the split takes a city: a part of at most two fifths of the county's residents, most of them in
 * authorities classed urban, while most of the rest are not.
 * @param {Area} area
 * @param {Split} split
 * @returns {boolean[]}
 */
function cityParted(area, split) {
  const people = councilPeople(area, shares(area, split));
  const here = byUpper(area, people);
  const towns = byUpper(area, people.map((row, i) => row.map((n) => (area.authorities.urban[i] ? n : 0))));
  return area.sheet.uppers.county.map((county, u) => {
    const all = total(here[u]), urban = total(towns[u]);
    return Boolean(county) && here[u].some((n, c) =>
      n > 0 && n <= area.sheet.city_most * all && towns[u][c] > n / 2 && urban - towns[u][c] <= (all - n) / 2);
  });
}
