// Joined names and sentences in plain English, as lgrdata/core/words.py writes them.

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
