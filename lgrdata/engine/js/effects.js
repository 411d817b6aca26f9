// Everything a split does, in the shape of `effects --json`.

import { compactness, cuts, detached } from "./borders.js";
import { careEstimates } from "./care.js";
import { warnings } from "./checks.js";
import { encode } from "./code.js";
import { crossing, selfContainment } from "./flows.js";
import { costInputs } from "./inputs.js";
import { councilPeople, countyPieces, partners } from "./partners.js";
import { lensRates, priceLens } from "./price.js";
import { rint, rounded } from "./rounding.js";
import { DIVIDED, inUse, OUT, residents, shares, today } from "./split.js";
import { bandD, homelessness, taxBase } from "./tax.js";
import { total } from "./area.js";

/** @typedef {import("./types.js").Area} Area */
/** @typedef {import("./types.js").Split} Split */
/** @typedef {import("./types.js").LensCost} LensCost */

const MONEY = /** @type {const} */ ([
  "aggregation_saving", "disaggregation_cost", "purchasing_scale", "recurring_net", "one_off", "five_year_net", "npv_10",
  "one_off_low", "one_off_high",
]);

/** @typedef {(value: number | null | undefined, decimals: number) => number | null} Rounding */

/**
 * A number as it is, null where there is none: for screens, which round once.
 * @type {Rounding}
 */
const exactly = (value) => (value === null || value === undefined || !Number.isFinite(value) ? null : value);

/**
 * The figures of a split, without partnerships and on the published assumptions; unrounded where `exact`.
 * @param {Area} area
 * @param {Split} split
 * @param {boolean} [exact]
 */
export function effects(area, split, exact = false) {
  const { sheet } = area, fix = exact ? exactly : rounded;
  const share = shares(area, split), people = councilPeople(area, share);
  return {
    area: sheet.area.id,
    split: {
      code: encode(area, split),
      proposal: split.proposal === "today" || split.proposal === "single" ? null : split.proposal,
      basis: split.basis,
      ...joins(area, split),
    },
    councils: councilRows(area, split, share, people, fix),
    costs: costs(area, split, fix),
    boundary: boundary(area, split, share, people, fix),
    made_with: { ...sheet.made_with },
    partnerships: /** @type {string[]} */ ([]),
    assumptions: {},
    warnings: warnings(area, split),
    sources: sources(area, split),
  };
}

/**
 * @param {Area} area
 * @param {Split} split
 */
function joins(area, split) {
  const apart = detached(area, split);
  return { contiguous: !apart.length, joined_by_sea: apart.some((found) => found.bySea) };
}

/**
 * Each lens's costs, £m.
 * @param {Area} area
 * @param {Split} split
 * @param {Rounding} fix
 */
function costs(area, split, fix) {
  const given = costInputs(area, split), rates = lensRates(area.sheet.rates);
  return {
    county: costRow(priceLens(given, rates.county), fix),
    middle: costRow(priceLens(given, rates.middle), fix),
    district: costRow(priceLens(given, rates.district), fix),
  };
}

/**
 * @param {LensCost} cost
 * @param {Rounding} fix
 */
function costRow(cost, fix) {
  const money = Object.fromEntries(MONEY.map((name) => [name, fix(cost[name], 2)]));
  return /** @type {Record<string, number | null>} */ ({
    ...money, payback_years: cost.payback_years, switching_value: fix(cost.switching_value, 2),
  });
}

/**
 * @param {Area} area
 * @param {Split} split
 * @param {number[][]} share
 * @param {number[][]} people
 * @param {Rounding} fix
 */
function councilRows(area, split, share, people, fix) {
  const { sheet } = area, { footprints } = sheet;
  const bands = residents(area, split), care = careEstimates(area, split), round = compactness(area, split);
  const base = taxBase(area, share), bills = bandD(area, share), duties = homelessness(area, share);
  const flow = sheet.flows["commuting 2021"], contained = flow ? selfContainment(flow, share) : null;
  const boards = footprints.icb ? partners(footprints.icb, people, sheet.least) : null;
  const trusts = footprints.trust ? partners(footprints.trust, people, sheet.trust_share) : null;
  return inUse(area, split).map((c) => {
    const [children, young, middle, older, old, oldest] = bands[c];
    const owed = duties && !duties[c].missing.length ? duties[c].value : null;
    return {
      name: split.names[c],
      members: memberRows(area, split, c),
      population: total(bands[c]),
      population_0_17: children,
      population_18_64: young + middle,
      population_65_plus: older + old + oldest,
      population_85_plus: oldest,
      estimates: Object.fromEntries(sheet.outcomes.map((outcome, o) => [outcome, { ...care[c][o], nominal: sheet.nominal }])),
      homelessness_duties: owed === null ? null : rint(owed),
      homelessness_missing: duties?.[c].missing ?? [],
      council_tax_base: fix(base[c], 1),
      band_d_low: fix(bills[c].low, 2),
      band_d_high: fix(bills[c].high, 2),
      commuting_self_containment: {
        residents: fix(contained?.[c].residents, 4), jobs: fix(contained?.[c].jobs, 4),
      },
      compactness: fix(round[c], 4),
      icbs: boards?.[c] ?? [],
      trusts: trusts?.[c] ?? [],
    };
  });
}

/**
 * The places of a council: whole authorities, and the wards it has of divided ones.
 * @param {Area} area
 * @param {Split} split
 * @param {number} council
 */
function memberRows(area, split, council) {
  const { code, name } = area.authorities;
  return code.flatMap((own, i) => {
    if (split.authority[i] === council) return [{ code: own, name: name[i], part: "whole", wards: /** @type {string[]} */ ([]) }];
    if (split.authority[i] !== DIVIDED) return [];
    const wards = area.wardsOf[i].filter((w) => split.ward[w] === council).map((w) => area.wards.code[w]);
    return wards.length ? [{ code: own, name: name[i], part: "wards", wards }] : [];
  });
}

/**
 * @param {Area} area
 * @param {Split} split
 * @param {number[][]} share
 * @param {number[][]} people
 * @param {Rounding} fix
 */
function boundary(area, split, share, people, fix) {
  const { sheet } = area, cut = cuts(area, split);
  const board = sheet.footprints.icb;
  const takenIn = area.authorities.extra.flatMap((extra, i) => (extra && split.authority[i] !== OUT ? [i] : []));
  const before = councilPeople(area, shares(area, today(area, takenIn)));
  /** @param {number[][]} held */
  const pairs = (held) => (board ? partners(board, held, sheet.least).flat().length : null);
  /** @param {string} kind */
  const crossed = (kind) => {
    const flow = sheet.flows[kind];
    const found = flow ? crossing(flow, share, area.authorities.upper) : { share: null, today: null };
    return [fix(found.share, 4), fix(found.today, 4)];
  };
  const [now, nowToday] = crossed("commuting 2021"), [then, thenToday] = crossed("commuting 2011");
  const [moves, movesToday] = crossed("moves 2021");
  return {
    pieces: countyPieces(area, people),
    cut_borders: cut.borders,
    cut_border_km: fix(cut.km, 1),
    commuting_crossing_share: now,
    commuting_crossing_share_today: nowToday,
    commuting_2011_crossing_share: then,
    commuting_2011_crossing_share_today: thenToday,
    migration_crossing_share: moves,
    migration_crossing_share_today: movesToday,
    icb_pairs: pairs(people),
    icb_pairs_today: pairs(before),
  };
}

/**
 * @param {Area} area
 * @param {Split} split
 */
function sources(area, split) {
  const { base_sources: base, proposal_sources: own, sources: known } = area.sheet;
  const used = new Set([...base, ...(own[split.proposal ?? ""] ?? [])]);
  return known.filter((s) => used.has(s.id));
}
