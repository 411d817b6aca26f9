// Council tax base, Band D of the councils that are joined, and homelessness duties, summed from districts.

/** @typedef {import("./types.js").Area} Area */

/**
 * Band D homes of each council: the published base where it is whole for what is taken in, else the derived one.
 * @param {Area} area
 * @param {number[][]} share
 * @returns {(number | null)[]}
 */
export function taxBase(area, share) {
  const taken = share.map((row) => row.some((s) => s > 0));
  const held = area.authorities.tax_bases;
  const column = held.find((values) => values.every((v, i) => v !== null || !taken[i])) ?? held[held.length - 1];
  return councils(share).map((c) => {
    if (!column) return null;
    let sum = 0;
    for (let i = 0; i < share.length; i++) if (share[i][c] > 0) sum += (column[i] ?? NaN) * share[i][c];
    return Number.isNaN(sum) || !share.some((row) => row[c] > 0) ? null : sum;
  });
}

/**
 * Lowest and highest Band D without parishes among each council's members of today; null where none is held.
 * @param {Area} area
 * @param {number[][]} share
 * @returns {{ low: number | null, high: number | null }[]}
 */
export function bandD(area, share) {
  const { bills, bases } = area.authorities;
  return councils(share).map((c) => {
    const own = (bills ?? []).filter((bill, i) => bill !== null && (bases?.[i] ?? null) !== null && share[i][c] > 0);
    const found = /** @type {number[]} */ (own);
    return found.length ? { low: Math.min(...found), high: Math.max(...found) } : { low: null, high: null };
  });
}

/**
 * Households owed a duty over a year; `missing` names the authorities whose figure is not held.
 * @param {Area} area
 * @param {number[][]} share
 * @returns {{ value: number | null, missing: string[] }[] | null}
 */
export function homelessness(area, share) {
  const { duties, name } = area.authorities;
  if (!duties) return null;
  return councils(share).map((c) => {
    const held = duties.flatMap((_, i) => (share[i][c] > 0 ? [i] : []));
    const known = held.filter((i) => duties[i] !== null);
    return {
      value: known.length ? known.reduce((sum, i) => sum + /** @type {number} */ (duties[i]) * share[i][c], 0) : null,
      missing: held.filter((i) => duties[i] === null).map((i) => name[i]),
    };
  });
}

/**
 * @param {number[][]} share
 * @returns {number[]}
 */
const councils = (share) => (share[0] ?? []).map((_, c) => c);
