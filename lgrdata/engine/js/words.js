// Joined names, sentences and figures in plain English, as lgrdata/core/words.py writes them.

export const MINUS = "−";
const SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/**
 * 'a', 'a and b', 'a, b and c'.
 * @param {string[]} items
 * @returns {string}
 */
export function joined(items) {
  if (items.length < 2) return items[0] ?? "none";
  return `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

/**
 * A large first letter and a full stop.
 * @param {string} text
 * @returns {string}
 */
export const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/**
 * @param {number} n
 * @returns {string}
 */
export const small = (n) => SMALL[n] ?? String(n);

/**
 * 1,234 with a real minus sign.
 * @param {number} value
 * @param {number} [decimals]
 * @returns {string}
 */
export function number(value, decimals = 0) {
  const text = Math.abs(value).toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/**
 * Three significant figures, as prose wants people: 566,000.
 * @param {number | null} value
 * @returns {string}
 */
export function people(value) {
  if (value === null) return "not known";
  if (Math.abs(value) < 1000) return number(value);
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
  return number(Math.round(value / step) * step);
}

/**
 * £m to the nearest million; `plus` marks gains.
 * @param {number | null} value
 * @param {boolean} [plus]
 * @returns {string}
 */
export function millions(value, plus = false) {
  if (value === null) return "not known";
  if (Math.abs(value) < 5e-5) return "£0m";
  const whole = Math.round(Math.abs(value));
  const text = whole ? `£${number(whole)}m` : "under £1m";
  return value < 0 ? MINUS + text : plus ? `+${text}` : text;
}

/**
 * £21.8, with as many decimals.
 * @param {number} value
 * @param {number} decimals
 * @returns {string}
 */
export const pounds = (value, decimals) => number(value, decimals).replace(/^(−?)/, "$1£");

/**
 * A fraction as 12%.
 * @param {number | null} fraction
 * @param {number} [decimals]
 * @returns {string}
 */
export const percent = (fraction, decimals = 0) => (fraction === null ? "not known" : `${number(fraction * 100, decimals)}%`);
