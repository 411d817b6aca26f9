// Where a split stands among the options with as many councils, by whole steps of each measure, as Python compares them.

import { total } from "./area.js";
import { detached } from "./borders.js";
import { crossing } from "./flows.js";
import { costInputs } from "./inputs.js";
import { lensRates, priceLens } from "./price.js";
import { rint } from "./rounding.js";
import { inUse, isWhole, leftOut, OUT, residents, shares } from "./split.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Split} Split */

const COMMUTING = "commuting 2021";
const LENSES = ["county", "middle", "district"];

/**
 * The measures, unrounded.
 * @param {Area} area
 * @param {Split} split
 * @returns {Record<string, number | null>}
 */
function values(area, split) {
  const inputs = costInputs(area, split), rates = lensRates(area.sheet.rates), flow = area.sheet.flows[COMMUTING];
  const sizes = residents(area, split).map(total), held = inUse(area, split).map((c) => sizes[c]);
  return {
    five_year_net_county: priceLens(inputs, rates.county).five_year_net,
    five_year_net_middle: priceLens(inputs, rates.middle).five_year_net,
    five_year_net_district: priceLens(inputs, rates.district).five_year_net,
    commuting_crossing: flow ? crossing(flow, shares(area, split), area.authorities.upper).share : null,
    size_spread: Math.max(...held) - Math.min(...held),
    smallest_council: Math.min(...held),
  };
}

/**
 * @typedef {{ key: string, ahead: number, behind: number, of: number, middle: boolean }} Place
 * options ahead and behind; the others come out alike, this one among them; `middle`: level with the middle option
 */

/**
 * For each measure, how many of the options with as many councils are ahead of a split and behind it; none for a split
 * that is no option: unfinished, in pieces, by wards, or with authorities outside the invitation.
 * @param {Area} area
 * @param {Split} split
 * @returns {Place[]}
 */
export function standings(area, split) {
  const councils = String(inUse(area, split).length), of = area.sheet.options[councils] ?? 0;
  const extra = area.authorities.extra.some((e, i) => e && split.authority[i] !== OUT);
  if (of < 2 || extra || !isWhole(split) || leftOut(area, split).length || detached(area, split).length) return [];
  const found = values(area, split);
  return area.sheet.ladders.flatMap(({ key, less, step, by_councils: ladders }) => {
    const ladder = ladders[councils], value = found[key];
    if (!ladder || value === null || value === undefined) return [];
    const [steps, counts] = ladder, mine = rint((less ? value : -value) / step);
    /** @param {(step: number) => boolean} where */
    const held = (where) => counts.reduce((sum, n, k) => sum + (where(steps[k]) ? n : 0), 0);
    const ahead = held((s) => s < mine), behind = held((s) => s > mine), half = Math.floor(of / 2);
    return [{ key, ahead, behind, of, middle: ahead <= half && half < of - behind }];
  });
}

/**
 * Why a split that only the open sea joins has no place, as the desk's document has it; null for any other.
 * @param {Area} area
 * @param {Split} split
 */
function acrossTheSea(area, split) {
  const councils = inUse(area, split).length, found = detached(area, split);
  const extra = area.authorities.extra.some((e, i) => e && split.authority[i] !== OUT);
  const placed = (area.sheet.options[String(councils)] ?? 0) > 0 && !extra && !leftOut(area, split).length;
  if (!placed || !found.length || !found.every((d) => d.bySea)) return null;
  /** @type {{ measure: string, ahead: number, level: number, behind: number, close: string }[]} */
  const places = [];
  return { councils, of: 0, why_not: `No option crosses open sea as ${found[0].council} does, so this split has no place among them.`, places };
}

/**
 * Where a drawing stands on size, commuters and one side's money, as the desk's document has it; null where it is no
 * option.
 * @param {Area} area
 * @param {Split} split
 * @param {string} lens
 */
export function standing(area, split, lens) {
  const places = standings(area, split), sides = LENSES.map((side) => places.find((p) => p.key === `five_year_net_${side}`));
  if (!places.length) return acrossTheSea(area, split);
  const differ = sides.some((p) => p && p.behind > p.ahead) && sides.some((p) => p && p.behind < p.ahead);
  const shown = /** @type {[string, string][]} */ ([["money", `five_year_net_${lens}`], ["crossing", "commuting_crossing"], ["size", "size_spread"]]);
  return {
    councils: inUse(area, split).length,
    of: places[0].of,
    why_not: "",
    places: shown.flatMap(([measure, key]) => places.filter((p) => p.key === key).map(({ ahead, behind, of, middle }) => {
      const close = middle ? "level with the middle option" : measure === "money" && differ ? "the two sides’ figures disagree" : "";
      return { measure, ahead, level: Math.max(0, of - 1 - ahead - behind), behind, close };
    })),
  };
}
