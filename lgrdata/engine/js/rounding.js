// Rounding as Python does it, and whole numbers that add exactly to a total.

/**
 * To the nearest whole number, halves to the even one.
 * @param {number} x
 * @returns {number}
 */
export function rint(x) {
  const low = Math.floor(x), rest = x - low;
  if (rest !== 0.5) return rest < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
}

/**
 * A number to so many decimals; null where there is none.
 * @param {number | null | undefined} x
 * @param {number} decimals
 * @returns {number | null}
 */
export function rounded(x, decimals) {
  return x === null || x === undefined || !Number.isFinite(x) ? null : Number(x.toFixed(decimals)) + 0;
}

/**
 * Whole numbers in proportion to `values` that add to `total`; ties go to the lower `order`.
 * @param {number[]} values
 * @param {number} total
 * @param {number[]} order
 * @returns {number[]}
 */
export function largestRemainder(values, total, order) {
  const whole = values.reduce((sum, v) => sum + v, 0);
  const scaled = values.map((v) => (whole > 0 ? v * (total / whole) : total / values.length));
  const floor = scaled.map((v) => Math.floor(rint(v * 1e6) / 1e6));
  const rest = scaled.map((v, n) => rint((v - floor[n]) * 1e6) / 1e6);
  const left = total - floor.reduce((sum, n) => sum + n, 0);
  const ranked = values.map((_, n) => n).sort((x, y) => rest[y] - rest[x] || order[x] - order[y] || x - y);
  ranked.slice(0, Math.max(left, 0)).forEach((n) => (floor[n] += 1));
  return floor;
}
