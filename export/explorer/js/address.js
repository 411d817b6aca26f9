// The drawing in the address, after its `#`, as the app has it in its query: split, councils, order, lens, lock, check.

import { lockText, readLocks } from "./locks.js";
import { oneLine } from "./names.js";

const KEYS = ["split", "councils", "order", "lens", "lock", "c"];
const DAMAGED = "This link was damaged or cut on its way: what it holds does not fit its check, so this may not be the "
  + "drawing that was sent. Ask for the link again.";
const PARTING = "!~,+";

/** A name without the characters that part names in an address. */
const guarded = (name) => [...name].map((c) => (PARTING.includes(c) ? `!${PARTING.indexOf(c)}` : c)).join("");
const unguarded = (text) => text.replace(/!([0-3])/g, (_, n) => PARTING[Number(n)]);

/** What the app's address says of a split: [key, value] pairs. */
export function queryOf(area, split, lens, locks = { councils: new Set(), blocks: new Set() }) {
  const known = knownAs(area, split), locked = lockText(area, split, locks);
  const kept = [["lens", lens], ...(locked ? [["lock", locked]] : [])];
  if (known) return [["split", known], ...kept];
  const out = [["split", lgrEngine.encode(area, split)]];
  const first = lgrEngine.firstAppearance(area, split), plain = split.names.every((n, c) => n === `Council ${c + 1}`);
  if (!plain) out.push(["councils", split.names.map(guarded).join("~")]);
  if (plain || first.some((c, n) => c !== n)) out.push(["order", first.join("")]);
  return [...out, ...kept];
}

/** With two letters or digits at the end that fit the rest, as the app's addresses have them. */
export function sealed(pairs) {
  const text = pairs.map(([k, v]) => `${k}=${v}`).sort().join("\n"), letters = "0123456789abcdefghijklmnopqrstuvwxyz";
  let sum = ~0;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let n = 0; n < 8; n++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  const number = (~sum >>> 0) % 36 ** 2;
  return [...pairs, ["c", letters[Math.floor(number / 36)] + letters[number % 36]]];
}

/** The id that opens exactly this split, names and their order too; null where only its code does. */
function knownAs(area, split) {
  if (split.proposal === "today") return "today";
  const found = area.sheet.drawings.find((d) => d.proposal === split.proposal && d.best);
  if (!found) return null;
  const own = lgrEngine.ofDrawing(area, found);
  const alike = JSON.stringify(own.names) === JSON.stringify(split.names) && lgrEngine.sameLines(own, split);
  return alike ? found.proposal : null;
}

/** Half a character, which no address can hold, stands as the sign for one that is not known. */
export const textOf = (pairs) => pairs.map(([k, v]) => `${k}=${encodeURIComponent(v.replace(/[\ud800-\udfff]/gu, "\ufffd"))}`).join("&");

/**
 * { split, lens, locks, message } of an address; split and locks are null where none is named or it cannot be shown.
 * `others`: former and short names and codes with the codes of today.
 */
export function readAddress(area, text, others = []) {
  const given = new URLSearchParams(text.replace(/^[#?]/, ""));
  const lens = ["county", "middle", "district"].includes(given.get("lens")) ? given.get("lens") : null;
  const named = given.get("split"), pairs = [...given].filter(([k]) => KEYS.includes(k) && k !== "c");
  const harm = given.has("c") && sealed(pairs).at(-1)[1] !== given.get("c") ? DAMAGED : "";
  if (!named) return { split: null, lens, locks: null, message: harm };
  try {
    const split = opened(area, named, given), { message, ...locks } = readLocks(area, split, given.get("lock") ?? "", others);
    return { split, lens, locks, message: [harm, message].filter(Boolean).join(" ") };
  } catch (fault) {
    return { split: null, lens, locks: null, message: harm || `The address names a split that cannot be shown: ${fault.message}.` };
  }
}

function opened(area, named, given) {
  if (named === "today") return lgrEngine.today(area);
  if (named === "single") return lgrEngine.single(area);
  const drawing = area.sheet.drawings.find((d) => d.proposal === named && d.best);
  if (drawing) return lgrEngine.ofDrawing(area, drawing);
  if (area.sheet.drawings.some((d) => d.proposal === named)) throw new Error("its map divides districts by wards, which this file does not hold");
  if (!named.includes(".")) throw new Error(`${named.slice(0, 40)} is no proposal of this page`);
  const split = lgrEngine.decode(area, named);
  const names = (given.get("councils") ?? "").split("~").map((n) => oneLine(unguarded(n))).filter(Boolean);
  const order = [...(given.get("order") ?? "")].map(Number);
  const count = Math.max(names.length, split.names.length, order.length);
  const good = order.length === count && count <= 8 && order.slice().sort().every((c, n) => c === n);
  if (!names.length && !order.length) return split;
  const position = good ? order : Array.from({ length: count }, (_, c) => c);
  const full = Array.from({ length: count }, (_, c) => names[c] ?? `Council ${c + 1}`);
  const move = (c) => (c >= 0 ? position[c] : c);
  const told = full.map((n, c) => (full.indexOf(n) < c ? `${n} (${c + 1})` : n));
  return { ...split, authority: split.authority.map(move), ward: split.ward.map(move), names: told };
}
