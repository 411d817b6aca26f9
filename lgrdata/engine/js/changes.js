// Which blocks changed hands between two drawings, councils matched by the residents they share.

import { blockName } from "./borders.js";
import { DIVIDED, OUT } from "./split.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Split} Split */

/**
 * Every block that changed hands since the start, authorities whole where neither split divides them; `then`, the
 * number now of each council at the start, matches by residents where it is not given.
 * @param {Area} area
 * @param {Split} start
 * @param {Split} now
 * @param {Map<number, number>} then
 * @returns {{ code: string, name: string, before: number, after: number }[]}
 */
export function changes(area, start, now, then = matched(area, start, now)) {
  /** @type {{ code: string, name: string, before: number, after: number }[]} */
  const out = [];
  /** @type {(code: string, before: number, after: number) => void} */
  const note = (code, before, after) => {
    // A council matched with none is gone, so all of it has moved.
    if ((before >= 0 ? then.get(before) : before) !== after) out.push({ code, name: blockName(area, code), before, after });
  };
  area.authorities.code.forEach((code, i) => {
    const [before, after] = [start.authority[i], now.authority[i]];
    if (before === DIVIDED || after === DIVIDED) {
      for (const w of area.wardsOf[i]) note(area.wards.code[w], start.ward[w], now.ward[w]);
    } else if (!(area.authorities.extra[i] && before === OUT && after === OUT)) note(code, before, after);
  });
  return out;
}

/**
 * For each council of the start, the one now that holds most of its residents, each taken once.
 * @param {Area} area
 * @param {Split} start
 * @param {Split} now
 * @returns {Map<number, number>}
 */
export function matched(area, start, now) {
  const common = start.names.map(() => now.names.map(() => 0));
  /** @type {(before: number, after: number, people: number) => void} */
  const add = (before, after, people) => {
    if (before >= 0 && after >= 0) common[before][after] += people;
  };
  area.population.forEach((people, i) => {
    const wards = area.wardsOf[i];
    if (wards.length && area.authorities.counted[i]) {
      for (const w of wards) add(start.ward[w], now.ward[w], area.wardPopulation[w]);
    } else add(start.authority[i], now.authority[i], people);
  });
  const pairs = common.flatMap((row, a) => row.map((people, b) => ({ a, b, people }))).filter((p) => p.people > 0);
  pairs.sort((x, y) => y.people - x.people || x.a - y.a || x.b - y.b);
  /** @type {Map<number, number>} */
  const out = new Map();
  const taken = new Set();
  for (const { a, b } of pairs) {
    if (out.has(a) || taken.has(b)) continue;
    out.set(a, b);
    taken.add(b);
  }
  return out;
}
