// The figures of a drawing as tables: councils, money by side, borders, and beside other splits.

import { make, millions, number, people, percent, pounds, table } from "./parts.js";

const SIDES = [["county", "Counties’ evidence"], ["middle", "Halfway"], ["district", "Districts’ evidence"]];
const NOMINAL = "4 in 5 such estimates keep to their range.";

const ranged = (e) => {
  if (!e || e.value === null) return "not available";
  return e.status === "published" ? number(e.value) : `${people(e.value)} (${people(e.low)} to ${people(e.high)})`;
};

export function councilTable(done, vintage) {
  const rows = done.councils.map((c) => [
    c.name, number(c.population), percent(c.population ? c.population_65_plus / c.population : null),
    ranged(c.estimates.adults_long_term_support), ranged(c.estimates.children_looked_after),
    number(c.council_tax_base), percent(c.commuting_self_containment.residents),
  ]);
  const head = ["Council", `Residents, ${vintage}`, "Aged 65 and over", "Adults in long-term support", "Looked-after children",
    "Band D homes (tax base)", "Commuters who work inside"];
  return table("The councils", head, rows, `${NOMINAL} A council made of whole counties or unitaries has the published count.`);
}

export function moneyTable(done, prices) {
  const cost = (key, words) => [words, ...SIDES.map(([lens]) => millions(done.costs[lens][key], true))];
  const spent = SIDES.map(([lens]) => {
    const c = done.costs[lens], low = c.one_off_low, high = c.one_off_high;
    return low === null || !c.one_off ? millions(c.one_off) : `${millions(c.one_off)} (${millions(low)} to ${millions(high)})`;
  });
  const back = SIDES.map(([lens]) => {
    const c = done.costs[lens];
    return c.payback_years === null ? (c.one_off ? "not within 30 years" : "nothing to pay back") : `year ${c.payback_years}`;
  });
  const even = SIDES.map(([lens]) => (done.costs[lens].switching_value === null ? "nothing is split" : pounds(done.costs[lens].switching_value, 1)));
  const rows = [
    cost("recurring_net", "In the end, a year"), cost("five_year_net", "Five years together"), ["One-off cost", ...spent],
    ["Paid back in", ...back], ["Break-even cost of dividing county services in two, for each county resident", ...even],
  ];
  return table(`The money: + saves, − costs, ${prices} prices`, ["", ...SIDES.map(([, words]) => words)], rows,
    "Modelled on each side’s published evidence; halfway is exactly between and no best estimate. Ranges of one-off costs hold four in five published ones.");
}

export function borderTable(done) {
  const b = done.boundary;
  const rows = [
    ["Commuters who cross between councils, 2021", percent(b.commuting_crossing_share), percent(b.commuting_crossing_share_today)],
    ["Movers who cross, 2021", percent(b.migration_crossing_share), percent(b.migration_crossing_share_today)],
    ["Pairs of council and NHS board", number(b.icb_pairs), number(b.icb_pairs_today)],
    ["Borders between authorities cut", number(b.cut_borders), "–"],
    ["Length of border cut", b.cut_border_km === null ? "not known" : `${number(b.cut_border_km)} km`, "–"],
  ];
  return table("Across the borders", ["", "As drawn", "Today’s councils"], rows);
}

const KEY = [
  ["Councils", (d) => number(d.councils.length)],
  ["Residents, smallest to largest", (d) => {
    const sizes = d.councils.map((c) => c.population).sort((a, b) => a - b);
    return sizes.length ? `${people(sizes[0])} to ${people(sizes.at(-1))}` : "–";
  }],
  ["In the end, a year: counties’ to districts’", (d) => `${millions(d.costs.county.recurring_net, true)} to ${millions(d.costs.district.recurring_net, true)}`],
  ["Five years: counties’ to districts’", (d) => `${millions(d.costs.county.five_year_net, true)} to ${millions(d.costs.district.five_year_net, true)}`],
  ["One-off cost, halfway", (d) => millions(d.costs.middle.one_off)],
  ["Commuters who cross", (d) => percent(d.boundary.commuting_crossing_share)],
  ["Borders cut", (d) => number(d.boundary.cut_borders)],
];

/** The drawing beside others: [title, effects] each. */
export function comparison(columns) {
  const rows = KEY.map(([words, value]) => [words, ...columns.map(([, done]) => value(done))]);
  return table("Side by side", ["", ...columns.map(([title]) => title)], rows);
}

const MEASURES = {
  five_year_net_county: "Five years’ money on counties’ evidence",
  five_year_net_middle: "Five years’ money, halfway",
  five_year_net_district: "Five years’ money on districts’ evidence",
  commuting_crossing: "Commuters kept together",
  size_spread: "Evenness in size",
  smallest_council: "Size of the smallest council",
};

/** Where a drawing stands among the options with as many councils. */
export function standingList(found) {
  if (!found.length) return make("p", {}, "Only a split of whole authorities, all of them placed and each council joined by land or tidal water, has a place among the options.");
  const [{ of }] = found;
  const rows = found.map((s) => [MEASURES[s.key], number(s.ahead), number(of - 1 - s.ahead - s.behind), number(s.behind)]);
  return table(`Among all ${number(of)} options with as many councils`, ["", "Options ahead", "Alike", "Options behind"], rows,
    "Alike: the difference is too small to matter.");
}
