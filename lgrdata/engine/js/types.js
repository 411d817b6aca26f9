// The shapes that the engine reads and gives, as a type checker knows them. Nothing here runs.

/**
 * A number for each block, or null where the dataset holds none.
 * @typedef {(number | null)[]} Column
 */

/**
 * Touching pairs of blocks by index: kind `l` land, `t` tidal, `s` sea; metres of border (land) or gap.
 * @typedef {{ a: number[], b: number[], kind: string, metres: number[] }} LinkRows
 */

/**
 * Simplified outlines: area and perimeter of each block, and what pairs of blocks share.
 * @typedef {{ area: number[], perimeter: number[], a: number[], b: number[], shared: number[] }} OutlineRows
 */

/**
 * @typedef {{ code: string[], name: string[], upper: number[], extra: number[], unitary: number[], urban: number[],
 *   counted: number[], residents: number[][], estimates: Column[], duties: Column | null, bills: Column | null,
 *   bases: Column | null, tax_bases: Column[], links: LinkRows, outlines: OutlineRows,
 *   meeting: { a: number[], b: number[], weight: number[] } }} AuthorityRows
 */

/**
 * @typedef {{ code: string[], name: string[], authority: number[], residents: number[][], estimates: Column[],
 *   links: LinkRows, outlines: OutlineRows }} WardRows
 */

/**
 * Today's upper-tier councils; `provisional`: whether the published counts of an outcome are.
 * @typedef {{ code: string[], name: string[], county: number[], published: Column[],
 *   provisional: boolean[] }} UpperRows
 */

/** @typedef {{ inside: number[][], out: number[], into: number[] }} Flow */

/**
 * Partner areas; `share` lists [authority, partner, share of the authority inside it].
 * @typedef {{ names: string[], share: [number, number, number][] }} Footprint
 */

/**
 * One side's numbers; phases of the one-off cost in years −1, 1, 2; band: factors for its low and high.
 * @typedef {{ delta: number, kappa: number, s: number, r: number, t_old: number, t_x: number, t_s: number, gamma: number,
 *   leadership: number, cap: number, ramp_1: number, ramp_2: number, ramp_3: number, overrun: number, discount: number,
 *   years: number, phases: number[], band: number[] | null }} Rates
 */

/** @typedef {{ low: number, high: number, city_low: number | null, city_high: number | null } | null} FitRange */

/**
 * A drawing of a proposal (`best`: the one that its id opens): a letter for each authority as in a split code, but in the proposal's own numbering.
 * @typedef {{ proposal: string, title: string, basis: string, names: string[], groups: string[], status: string,
 *   best: boolean }} Known
 */

/**
 * A yearly saving published for a proposal, £m as printed; only low: this or more; only high: this or less.
 * @typedef {{ proposal: string, value: number, low: number | null, high: number | null, author: string, payer: string }} PublishedCase
 */

/**
 * How many options with a number of councils stand on each step of a measure, the best step first; `less`: lower is better.
 * @typedef {{ key: string, less: boolean, step: number, by_councils: Record<string, [number[], number[]]> }} Ladder
 */

/** @typedef {{ id: string, title: string, publisher: string, released: string }} SourceRow */

/**
 * @typedef {{ format: string, version: number, area: { id: string, name: string, full_name: string },
 *   made_with: { dataset: string, model: string }, data_date: string, vintage: string, prices: string, blocks_hash: string,
 *   most_councils: number, bands: string[], outcomes: string[], nominal: number, ward_count: number,
 *   least: number, trust_share: number, city_most: number,
 *   authorities: AuthorityRows, uppers: UpperRows, flows: Record<string, Flow>, footprints: Record<string, Footprint>,
 *   fits: FitRange[], rates: { county: Rates, district: Rates }, drawings: Known[], options: Record<string, number>,
 *   ladders: Ladder[], cases: PublishedCase[], sources: SourceRow[], base_sources: string[],
 *   proposal_sources: Record<string, string[]>, wards?: WardRows }} Sheet
 */

/**
 * A sheet made ready: indexes and sums that every split needs.
 * @typedef {{ sheet: Sheet, authorities: AuthorityRows, wards: WardRows, count: number, wardsOf: number[][],
 *   population: number[], wardPopulation: number[], upperPopulation: number[], membersOf: number[],
 *   authorityIndex: Map<string, number>, wardIndex: Map<string, number>, upperTotals: number[][] }} Area
 */

/**
 * Council numbers (from 0) of each block; −1 nobody, −2 divided by wards. `ward` holds every ward's council.
 * @typedef {{ authority: number[], ward: number[], names: string[], proposal: string | null, basis: string }} Split
 */

/** Blocks given to a council, or an empty council removed. @typedef {{ codes: string[], council: number, remove: number | null }} Mend */

/**
 * left_out: `codes` (one) is in no council; more_left_out: `count` more such blocks; empty: `council` has nobody; pieces:
 * `council` lies in `count` pieces, `codes` are those of all but the largest; sea: the same, joined by sea.
 * @typedef {{ kind: "left_out" | "more_left_out" | "empty" | "pieces" | "sea", council: number, codes: string[],
 *   count: number, mend: Mend | null }} Fault
 */

/** @typedef {{ council: string, pieces: number, codes: string[], bySea: boolean }} Detached */

/**
 * @typedef {{ year: number, saving: number, disaggregation: number, purchasing: number, one_off: number, net: number,
 *   running_total: number }} PathYear
 */

/**
 * @typedef {{ aggregation_saving: number, disaggregation_cost: number, purchasing_scale: number, recurring_net: number,
 *   one_off: number, five_year_net: number, npv_10: number, payback_years: number | null,
 *   switching_value: number | null, one_off_low: number | null, one_off_high: number | null,
 *   path: PathYear[] }} LensCost
 */

/** @typedef {{ code: string, residents: number, pieces: number }} CountyPieces */

/**
 * @typedef {{ unchanged: boolean, nOld: number, nNew: number, jAbs: number, jOn: number, counties: CountyPieces[],
 *   populations: number[], today: number[], dividedUnitaries: string[], leftOut: number }} CostInputs
 */

export {};
