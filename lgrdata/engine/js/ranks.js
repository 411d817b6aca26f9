// Where a split stands among the options with as many councils, by quantiles: about, never exactly.

import { rint } from "./rounding.js";
import { inUse, isWhole, leftOut, OUT } from "./split.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Split} Split */
/** @typedef {ReturnType<typeof import("./effects.js").effects>} Effects */

/** @type {Record<string, (done: Effects) => number | null>} */
const VALUES = {
  five_year_net_county: (d) => d.costs.county.five_year_net,
  five_year_net_district: (d) => d.costs.district.five_year_net,
  commuting_crossing: (d) => d.boundary.commuting_crossing_share,
  size_spread: (d) => Math.max(...d.councils.map((c) => c.population)) - Math.min(...d.councils.map((c) => c.population)),
  smallest_council: (d) => Math.min(...d.councils.map((c) => c.population)),
};

/**
 * @typedef {{ key: string, ahead: number, behind: number, of: number, exact: boolean }} Place
 * options ahead and behind, others than this one, where all are known; else how many in 100, about
 */

/**
 * For each measure, how many of the options with as many councils are ahead of a split and behind it; none for a split
 * that is no option: unfinished, in pieces, by wards, or with authorities outside the invitation.
 * @param {Area} area
 * @param {Split} split
 * @param {Effects} done
 * @returns {Place[]}
 */
export function standings(area, split, done) {
  const councils = String(inUse(area, split).length), of = area.sheet.options[councils] ?? 0;
  const extra = area.authorities.extra.some((e, i) => e && split.authority[i] !== OUT);
  if (of < 2 || extra || !isWhole(split) || leftOut(area, split).length || !done.split.contiguous) return [];
  return area.sheet.ladders.flatMap(({ key, less, step, by_councils: ladders }) => {
    const ladder = ladders[councils], value = VALUES[key]?.(done);
    if (!ladder || value === null || value === undefined) return [];
    /** @param {number} x */
    const steps = (x) => rint(x / step);
    const exact = ladder.length === of, all = exact ? 1 : 100 / ladder.length;
    const below = Math.round(ladder.filter((q) => steps(q) < steps(value)).length * all);
    const above = Math.round(ladder.filter((q) => steps(q) > steps(value)).length * all);
    return [{ key, ahead: less ? below : above, behind: less ? above : below, of, exact }];
  });
}
