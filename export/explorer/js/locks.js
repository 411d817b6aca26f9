// What a drawing keeps as it is, as an address holds it: `lock=0.1.7207`, councils by number and blocks by short code.

import { codeLike } from "./places.js";

const MOST = 400;

const wholeCode = (item) => {
  const [, one, rest] = /^([1-9])([1-9]\d{0,5})$/.exec(item) ?? [];
  return one ? `E0${one}${rest.padStart(6, "0")}` : item;
};

function shortCode(code) {
  const [, one, rest] = /^E0([1-9])0*([1-9]\d*)$/.exec(code) ?? [];
  return one && wholeCode(one + rest) === code ? one + rest : code;
}

const isBlock = (area, code) => area.authorityIndex.has(code) || area.wardIndex.has(code);

/** The locks of a drawing as text: { councils, blocks } are sets of names and of codes. */
export function lockText(area, split, { councils, blocks }) {
  const numbers = split.names.flatMap((name, c) => (councils.has(name) ? [String(c)] : []));
  return [...numbers, ...[...blocks].filter((code) => isBlock(area, code)).sort().map(shortCode)].slice(0, MOST).join(".");
}

/** The locks that a text holds, and what to say of those that were not understood. `others`: former codes among them. */
export function readLocks(area, split, text, others = []) {
  const councils = new Set(), blocks = new Set(), bad = [], former = new Map(others.filter(([name]) => codeLike(name)));
  const items = text.slice(0, 10 * MOST).trim().split(".").filter(Boolean);
  for (const item of items.slice(0, MOST)) {
    const given = wholeCode(item).toUpperCase(), code = former.get(given) ?? given;
    if (/^[0-7]$/.test(item) && Number(item) < split.names.length) councils.add(split.names[Number(item)]);
    else if (isBlock(area, code)) blocks.add(code);
    else bad.push(item.slice(0, 20));
  }
  const more = bad.length > 3 ? ` and ${bad.length - 3} more` : "", told = `${bad.slice(0, 3).join(", ")}${more}`;
  const most = items.length > MOST ? `The address locks more than ${MOST} blocks; the first ${MOST} are locked.` : "";
  const message = !bad.length ? "" : councils.size + blocks.size
    ? `What the address locks was not all understood: ${told}. The rest is locked.`
    : `What the address locks was not understood: ${told}. Nothing is locked.`;
  return { councils, blocks, message: [message, most].filter(Boolean).join(" ") };
}
