// The document of the Redraw desk, as lgrdata/views/desk_document.py describes it, made without the server.

import { blockName } from "./borders.js";
import { careEstimates } from "./care.js";
import { changes } from "./changes.js";
import { warnings } from "./checks.js";
import { give } from "./edits.js";
import { faults } from "./faults.js";
import { crossing } from "./flows.js";
import { costInputs } from "./inputs.js";
import { lensRates, priceLens } from "./price.js";
import { inUse, residents, shares } from "./split.js";
import { total } from "./area.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Split} Split */
/** @typedef {import("./types.js").Mend} Mend */
/** @typedef {"county" | "middle" | "district"} Lens */

export const SCHEMA = 2;
const CALLED = { county: "counties’", middle: "halfway", district: "districts’" };
const LENSES = /** @type {Lens[]} */ (["county", "middle", "district"]);
const ADULTS = 0;
const COMMUTING = "commuting 2021";
/** What only a better option is judged by. */
const UNJUDGED = { kept: /** @type {string[]} */ ([]), worse: /** @type {string[]} */ ([]) };

/**
 * All that the desk answers about a drawing. `before`: the drawing before the last move; `start`: what drawing began with.
 * @param {Area} area
 * @param {Split} split
 * @param {{ lens: Lens, before?: Split | null, start?: { split: Split, title: string } | null }} given
 */
export function deskDocument(area, split, { lens, before = null, start = null }) {
  const people = residents(area, split).map(total), care = careEstimates(area, split), used = inUse(area, split);
  const n = costInputs(area, split), rates = lensRates(area.sheet.rates), crossed = crossingOf(area, split);
  const found = faults(area, split);
  const cases = area.sheet.cases.filter((c) => split.proposal !== null && c.proposal === split.proposal);
  /** @param {string[]} codes */
  const named = (codes) => codes.map((code) => [code, blockName(area, code)]);
  return {
    area: area.sheet.area.id,
    lens,
    councils: split.names.map((name, c) => {
      const { value, low, high } = care[c][ADULTS];
      const early = low === high && area.sheet.uppers.provisional[ADULTS];
      return { name, residents: people[c], adults: value === null || !people[c] ? null : { value, low, high, provisional: early } };
    }),
    costs: LENSES.map((own) => {
      const cost = priceLens(n, rates[own]);
      return {
        lens: own,
        called: CALLED[own],
        money: {
          recurring_net: cost.recurring_net, five_year_net: cost.five_year_net, one_off: cost.one_off,
          one_off_low: cost.one_off_low, one_off_high: cost.one_off_high, payback_years: cost.payback_years,
          break_even: cost.switching_value, first_split: rates[own].delta,
        },
        unchanged: null,
      };
    }),
    unchanged: !used.length || n.unchanged,
    cases: cases.map(({ value, low, high, author, payer }) => ({ value, low, high, author, payer })),
    crossing: crossed.share === null ? null : { share: crossed.share, today: crossed.today },
    warnings: found.map((f) => ({
      kind: f.kind, council: f.council, blocks: named(f.codes), count: f.count,
      mend: f.mend && { blocks: named(f.mend.codes), council: f.mend.council, remove: f.mend.remove },
    })),
    moved: before && changes(area, before, split).length ? { ...difference(area, before, split), adults: adultsMoved(area, before, split) } : null,
    standing: null,
    offers: [...found.flatMap((f, i) => (f.mend ? [repair(area, split, f.council, f.mend, i)] : [])), ...reset(area, split, start)],
    notes: notes(area, split),
    partnered: "",
    partial: true,
    schema: SCHEMA,
  };
}

/**
 * Commuters who cross between councils, after and today.
 * @param {Area} area
 * @param {Split} split
 */
function crossingOf(area, split) {
  const flow = area.sheet.flows[COMMUTING];
  return flow ? crossing(flow, shares(area, split), area.authorities.upper) : { share: null, today: null };
}

/**
 * What to know of the figures, without what stands among the warnings: unfinished, and councils in pieces.
 * @param {Area} area
 * @param {Split} split
 */
const notes = (area, split) => warnings(area, split, true);

/**
 * How one drawing differs from another: the later less the earlier.
 * @param {Area} area
 * @param {Split} before
 * @param {Split} now
 */
export function difference(area, before, now) {
  const [old, own] = [before, now].map((split) => residents(area, split).map(total));
  const [then, after] = [before, now].map((split) => crossingOf(area, split).share);
  const alike = JSON.stringify(before.names) === JSON.stringify(now.names);
  const rates = lensRates(area.sheet.rates), [was, is] = [before, now].map((split) => costInputs(area, split));
  /** @param {Lens} lens */
  const net = (lens) => priceLens(is, rates[lens]).recurring_net - priceLens(was, rates[lens]).recurring_net;
  return {
    changes: changes(area, before, now),
    residents: now.names.map((_, c) => (alike ? own[c] - old[c] : 0)),
    recurring_net: { county: net("county"), middle: net("middle"), district: net("district") },
    crossing: then === null || after === null ? null : [then, after],
    adults: /** @type {(number | null)[]} */ ([]),
  };
}

/**
 * Adults in long-term support that each council gained by the last move; nothing where the councils are others.
 * @param {Area} area
 * @param {Split} before
 * @param {Split} now
 * @returns {(number | null)[]}
 */
function adultsMoved(area, before, now) {
  if (JSON.stringify(before.names) !== JSON.stringify(now.names)) return [];
  const [old, own] = [before, now].map((split) => {
    const people = residents(area, split).map(total);
    return careEstimates(area, split).map((found, c) => (people[c] ? found[ADULTS].value : null));
  });
  return own.map((value, c) => (value === null || old[c] === null ? null : value - old[c]));
}

/**
 * What giving a block to a council would do, before it is done.
 * @param {Area} area
 * @param {Split} split
 * @param {string} code
 * @param {number} council
 */
export function deskPreview(area, split, code, council) {
  const after = give(area, split, [code], council);
  return { code, council, difference: difference(area, split, after), residents: residents(area, after).map(total) };
}

/**
 * @param {Area} area
 * @param {Split} split
 * @param {number} whence
 * @param {Mend} mend
 * @param {number} n
 */
function repair(area, split, whence, mend, n) {
  const moved = mend.codes.map((code) => ({ code, name: blockName(area, code), before: whence, after: mend.council }));
  const title = mend.remove === null ? "" : split.names[mend.remove];
  return { id: `repair-${n}`, kind: "repair", changes: moved, councils: /** @type {string[]} */ ([]), difference: null, goal: null, ...UNJUDGED, title };
}

/**
 * @param {Area} area
 * @param {Split} split
 * @param {{ split: Split, title: string } | null} start
 */
function reset(area, split, start) {
  if (!start) return [];
  const moved = changes(area, split, start.split);
  if (!moved.length) return [];
  return [{ id: "reset", kind: "reset", changes: moved, councils: start.split.names, difference: null, goal: null, ...UNJUDGED, title: start.title }];
}
