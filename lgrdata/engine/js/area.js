// A sheet made ready for sums.

/** @typedef {import("./types.js").Sheet} Sheet */
/** @typedef {import("./types.js").Area} Area */

export const FORMAT = "lgr-sheet";
export const VERSION = 1;

/**
 * The area of a sheet. Throws an Error in words where this engine cannot read it.
 * @param {Sheet} sheet
 * @returns {Area}
 */
export function readArea(sheet) {
  if (sheet.format !== FORMAT || sheet.version !== VERSION) {
    throw new Error(`this page reads sheets of version ${VERSION}; this one is ${sheet.format} ${sheet.version}`);
  }
  const { authorities, uppers } = sheet;
  /** @type {import("./types.js").WardRows} */
  const wards = sheet.wards ?? {
    code: [], name: [], authority: [], residents: [], estimates: [],
    links: { a: [], b: [], kind: "", metres: [] },
    outlines: { area: [], perimeter: [], a: [], b: [], shared: [] },
  };
  const count = authorities.code.length;
  /** @type {number[][]} */
  const wardsOf = authorities.code.map(() => []);
  wards.authority.forEach((a, w) => wardsOf[a].push(w));
  const population = authorities.residents.map(total);
  const upperPopulation = uppers.code.map(() => 0);
  const membersOf = uppers.code.map(() => 0);
  const upperTotals = uppers.code.map(() => sheet.outcomes.map(() => 0));
  authorities.upper.forEach((u, i) => {
    upperPopulation[u] += population[i];
    membersOf[u] += 1;
    authorities.estimates[i].forEach((people, o) => (upperTotals[u][o] += people ?? NaN));
  });
  return {
    sheet, authorities, wards, count, wardsOf, population, upperPopulation, membersOf, upperTotals,
    wardPopulation: wards.residents.map(total),
    authorityIndex: new Map(authorities.code.map((code, i) => [code, i])),
    wardIndex: new Map(wards.code.map((code, w) => [code, w])),
  };
}

/**
 * @param {number[]} numbers
 * @returns {number}
 */
export function total(numbers) {
  return numbers.reduce((sum, n) => sum + n, 0);
}
