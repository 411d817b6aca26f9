// Where a split stands among the options with as many councils, by quantiles: about, never exactly.

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
 * For each measure, the share of options with as many councils that are behind, 0 to 100; none for a split that is no
 * option: unfinished, in pieces, by wards, or with authorities outside the invitation.
 * @param {Area} area
 * @param {Split} split
 * @param {Effects} done
 * @returns {{ key: string, name: string, behind: number, ahead: number, of: number }[]}
 */
export function standings(area, split, done) {
  const councils = String(inUse(area, split).length), of = area.sheet.options[councils] ?? 0;
  const extra = area.authorities.extra.some((e, i) => e && split.authority[i] !== OUT);
  if (of < 2 || extra || !isWhole(split) || leftOut(area, split).length || !done.split.contiguous) return [];
  return area.sheet.ladders.flatMap(({ key, name, less, step, by_councils: ladders }) => {
    const ladder = ladders[councils], value = VALUES[key]?.(done);
    if (!ladder || value === null || value === undefined) return [];
    const at = Math.round(value / step);
    const below = ladder.filter((q) => Math.round(q / step) < at).length / ladder.length;
    const above = ladder.filter((q) => Math.round(q / step) > at).length / ladder.length;
    return [{ key, name, behind: Math.round(100 * (less ? above : below)), ahead: Math.round(100 * (less ? below : above)), of }];
  });
}
