// What a split costs and saves under a lens: the formulae of the cost model, in £m at the dataset's prices, without partnerships.

import { isSplit } from "./inputs.js";

/** @typedef {import("./types.js").Rates} Rates */
/** @typedef {import("./types.js").CostInputs} CostInputs */
/** @typedef {import("./types.js").LensCost} LensCost */
/** @typedef {import("./types.js").PathYear} PathYear */

const PAYBACK_HORIZON = 30, PATH_YEARS = 10, FIVE_YEARS = 5, NOTHING = 1e-9;
const SYMBOLS = /** @type {const} */ (["delta", "kappa", "s", "t_old", "t_x", "t_s"]);

/**
 * The numbers of each lens; halfway is the mean of both sides', symbol by symbol.
 * @param {{ county: Rates, district: Rates }} sides
 * @returns {{ county: Rates, middle: Rates, district: Rates }}
 */
export function lensRates({ county, district }) {
  const middle = { ...county };
  for (const symbol of SYMBOLS) middle[symbol] = (county[symbol] + district[symbol]) / 2;
  return { county, middle, district };
}

/**
 * One lens's price. Today costs nothing and saves nothing.
 * @param {CostInputs} n
 * @param {Rates} x
 * @returns {LensCost}
 */
export function priceLens(n, x) {
  if (n.unchanged) return nothing(x.band !== null);
  const saving = x.r * x.s * (n.nOld - n.nNew);
  const weight = n.counties.reduce((sum, c) => sum + (c.residents / 1e6) * splits(c.pieces, x.gamma), 0);
  const released = x.leadership * n.jAbs;
  const splitting = x.delta * weight - released;
  const buying = purchasing(n, x);
  const parted = n.counties.reduce((sum, c) => sum + (c.pieces > 1 ? c.residents : 0), 0);
  const oneOff = x.overrun * (x.t_old * (n.nOld - n.jOn) + x.t_x * Math.max(n.nNew - n.jOn - 1, 0) + (x.t_s * parted) / 1e6);
  const yearly = -splitting - buying;
  const path = pathOf(saving, splitting, buying, oneOff, x);
  let npv = -oneOff;
  for (let y = 1; y <= Math.trunc(x.years); y++) npv += (saving * ramp(x, y) + yearly) / (1 + x.discount) ** y;
  return {
    aggregation_saving: saving,
    disaggregation_cost: splitting,
    purchasing_scale: buying,
    recurring_net: saving + yearly,
    one_off: oneOff,
    five_year_net: path.find((p) => p.year === FIVE_YEARS)?.running_total ?? 0,
    npv_10: npv,
    payback_years: payback(saving, yearly, oneOff, x),
    switching_value: isSplit(n) && weight > 0 ? (saving - buying + released) / weight : null,
    one_off_low: x.band ? oneOff * x.band[0] : null,
    one_off_high: x.band ? oneOff * x.band[1] : null,
    path,
  };
}

/**
 * The first split counts 1, each later one m^-gamma.
 * @param {number} pieces
 * @param {number} gamma
 */
function splits(pieces, gamma) {
  let sum = 0;
  for (let m = 1; m < pieces; m++) sum += m ** -gamma;
  return sum;
}

/**
 * Dearer (or cheaper) placements: each council's residents times how far it falls below today's size.
 * @param {CostInputs} n
 * @param {Rates} x
 */
function purchasing(n, x) {
  if (x.kappa === 0) return 0;
  const everybody = n.today.reduce((sum, p) => sum + p, 0);
  const reference = everybody ? n.today.reduce((sum, p) => sum + p * Math.min(p, x.cap), 0) / everybody : 0;
  const short = n.populations.reduce((sum, p) => sum + p * (reference - Math.min(p, x.cap)), 0);
  return ((x.kappa / 1e5) * short) / 1e6;
}

/**
 * @param {Rates} x
 * @param {number} year
 */
const ramp = (x, year) => (year === 1 ? x.ramp_1 : year === 2 ? x.ramp_2 : x.ramp_3);

/**
 * Share of the one-off cost that falls in a year.
 * @param {Rates} x
 * @param {number} year
 */
const phase = (x, year) => (year === -1 ? x.phases[0] : year === 1 ? x.phases[1] : year === 2 ? x.phases[2] : 0);

/**
 * Year −1, then 1 to 10; vesting day lies between.
 * @param {number} saving
 * @param {number} splitting
 * @param {number} buying
 * @param {number} oneOff
 * @param {Rates} x
 * @returns {PathYear[]}
 */
function pathOf(saving, splitting, buying, oneOff, x) {
  let running = -oneOff * phase(x, -1);
  const first = { year: -1, saving: 0, disaggregation: 0, purchasing: 0, one_off: -running, net: running, running_total: running };
  const out = [first];
  for (let year = 1; year <= PATH_YEARS; year++) {
    const spent = oneOff * phase(x, year), reached = saving * ramp(x, year);
    const net = reached - splitting - buying - spent;
    running += net;
    out.push({ year, saving: reached, disaggregation: splitting, purchasing: buying, one_off: spent, net, running_total: running });
  }
  return out;
}

/**
 * First year by whose end the running total is back to zero; null within 30 years, or where nothing is spent.
 * @param {number} saving
 * @param {number} yearly
 * @param {number} oneOff
 * @param {Rates} x
 * @returns {number | null}
 */
export function payback(saving, yearly, oneOff, x) {
  if (oneOff <= 0) return null;
  let running = -oneOff * phase(x, -1);
  for (let year = 1; year <= PAYBACK_HORIZON; year++) {
    running += saving * ramp(x, year) + yearly - oneOff * phase(x, year);
    if (running >= -NOTHING) return year;
  }
  return null;
}

/**
 * @param {boolean} banded
 * @returns {LensCost}
 */
function nothing(banded) {
  const end = banded ? 0 : null;
  return {
    aggregation_saving: 0, disaggregation_cost: 0, purchasing_scale: 0, recurring_net: 0, one_off: 0, five_year_net: 0,
    npv_10: 0, payback_years: null, switching_value: null, one_off_low: end, one_off_high: end, path: [],
  };
}
