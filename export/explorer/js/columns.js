// Which columns of a table hold the places and which the new council, known by what is in them, as the app knows them.

import { alike, codeLike } from "./places.js";

const NOBODY = new Set(["0", "-1", "na", "n/a", "#n/a", "zz", "none", "unassigned", "tbc", "tbd", "nan", "<na>", "null", "unallocated"]);
const NUMBER = /^[-+]?[\d,]*\.?\d+%?$/;
const BEYOND = new Set(["england", "eastofengland", "eastmidlands", "westmidlands", "southeast", "southwest", "northwest", "northeast",
  "yorkshireandthehumber", "london"]);
const OWN = [["code", "council"], ["code", "council", "council number"], ["code", "name", "authority today", "council today", "new council"]];
const SAMPLE = 400;

export const isNobody = (text) => NOBODY.has(text.toLowerCase());
const wholeOf = (text) => (/^[-+]?\d+(\.0+)?$/.test(text.replaceAll(",", "")) ? Number(text.replaceAll(",", "")) : null);
const held = (row, c) => row.cells[c] ?? "";

/**
 * How a table is read: form (`rows`: a block a row; `lists`: a council a row, its members in one cell; `columns`: a
 * council a column), columns of places, the council's column, first and last row of places. Throws an Error in words.
 */
export function understand(places, rows) {
  const head = JSON.stringify(rows[0].cells.map((c) => c.toLowerCase())), own = OWN.findIndex((h) => JSON.stringify(h) === head);
  if (own >= 0 && rows.length > 1 && rows.every((r) => r.cells.length <= OWN[own].length)) {
    const council = own === 2 ? 4 : 1, number = own === 1 ? 2 : -1;
    return { form: "rows", at: [0], beside: [], council, number, headings: rows[0].cells, first: 1, last: rows.length - 1, own: true };
  }
  const sample = rows.slice(0, SAMPLE), width = Math.max(...rows.map((r) => r.cells.length)), all = Array.from({ length: width }, (_, c) => c);
  const counted = (test) => all.map((c) => sample.filter((r) => held(r, c) && test(held(r, c))).length);
  const single = counted((t) => places.find(t).length), listed = counted((t) => !places.find(t).length && places.members(t).length);
  const filled = counted(() => true);
  const found = all.filter((c) => single[c]), lists = all.filter((c) => listed[c] && (listed[c] + single[c]) * 2 >= filled[c]);
  if (!found.length && !lists.length) {
    throw new Error(`it names no place of ${places.area.sheet.area.name}: give each place’s code, such as ${places.area.authorities.code[0]}, or its name, and its new council beside it`);
  }
  const names = (row, columns) => columns.some((c) => places.find(held(row, c)).length || (lists.length && places.members(held(row, c)).length));
  const laidOut = (form, at, beside, councilOf) => {
    const inside = rows.flatMap((r, n) => (names(r, at) ? [n] : [])), last = inside.at(-1);
    const first = form === "rows" ? firstRow(places, rows, at, inside[0]) : inside[0];
    const headings = first ? rows[first - 1].cells : [];
    return { form, at, beside, headings, first, last, council: councilOf(inside.map((n) => rows[n]), headings, first) };
  };
  if (lists.length) {
    const at = [lists[0]];
    return laidOut("lists", at, [], (own, headings) => councilColumn(places, own, all.filter((c) => !at.includes(c)), headings));
  }
  const { at, beside } = placeColumns(places, sample, found), rest = all.filter((c) => !at.includes(c) && !beside.includes(c));
  const plan = laidOut("rows", at, beside, (own, headings, first) =>
    (found.length > 1 && first && columnEach(places, own, found, rest, at) ? -1 : councilColumn(places, own, rest, headings)));
  return plan.council < 0 ? { ...plan, form: "columns", at: found, beside: [] } : plan;
}

/** The first row of places: rows above the first that was found may hold a code or a name misspelt. */
function firstRow(places, rows, at, found) {
  let first = found;
  while (first > 0 && at.map((c) => held(rows[first - 1], c)).some((t) => codeLike(t) || (t && places.near(t)))) first -= 1;
  return first;
}

/** The columns whose cells are the blocks, the finest first, and those that name them again or their authorities. */
function placeColumns(places, rows, found) {
  const told = new Map(found.map((c) => [c, new Map(rows.flatMap((r, n) => {
    const codes = places.find(held(r, c));
    return codes.length ? [[n, codes.length === 1 ? places.formerCode(held(r, c)) || codes[0] : held(r, c)]] : [];
  }))]));
  const worth = (c) => [new Set(told.get(c).values()).size, [...told.get(c).keys()].filter((n) => codeLike(held(rows[n], c))).length];
  const key = [...found].sort((a, b) => worth(b)[0] - worth(a)[0] || worth(b)[1] - worth(a)[1] || a - b)[0];
  const own = told.get(key), at = [key], beside = [];
  for (const c of found.filter((other) => other !== key)) {
    const theirs = told.get(c), shared = [...theirs.keys()].filter((n) => own.has(n)), spare = [...theirs.keys()].filter((n) => !own.has(n));
    const around = shared.length && shared.every((n) => places.parent.get(own.get(n)) === theirs.get(n));
    if (!shared.length && spare.every((n) => codeLike(held(rows[n], c)))) at.push(c);
    else if (around) (spare.length ? at : beside).push(c);
    else if (shared.length * 5 >= own.size * 4 && new Set(theirs.values()).size > 1) {
      // Of codes, a slip in one row of ten is told later.
      const agree = shared.filter((n) => own.get(n) === theirs.get(n) || held(rows[n], c) === own.get(n)).length;
      const coded = shared.every((n) => codeLike(held(rows[n], key)));
      if (agree === shared.length || (coded && agree * 10 >= shared.length * 9)) beside.push(c);
    }
  }
  return { at, beside };
}

/** Whether several columns list places, none of them twice. */
function columnEach(places, rows, found, rest, at) {
  if (at.length > 1 || rows.some((r) => rest.some((c) => !found.includes(c) && held(r, c) && !places.find(held(r, c)).length))) return false;
  const codes = rows.flatMap((r) => found.flatMap((c) => places.find(held(r, c)).slice(0, 1)));
  return codes.length === new Set(codes).size;
}

function councilColumn(places, rows, rest, headings) {
  const values = new Map(rest.map((c) => [c, rows.map((r) => held(r, c))])), filled = rest.filter((c) => values.get(c).some(Boolean));
  if (!filled.length) throw new Error("it gives no council beside its places: it needs a column with the new council");
  if (filled.length === 1) return filled[0];
  const many = (c) => new Set(values.get(c).filter(Boolean)).size > 1;
  let able = filled.filter((c) => mayBe(places.area, values.get(c)));
  if (able.some(many)) able = able.filter(many);
  able = groupedApart(values, able);
  if (!able.length) able = filled.filter((c) => new Set(values.get(c)).size <= places.area.sheet.most_councils);
  if (able.length === 1) return able[0];
  const told = (able.length ? able : filled).slice(0, 6).map((c) => `“${headings[c] || `column ${c + 1}`}”`);
  throw new Error(`${told.join(" and ")} could each be the new council; keep one of them in the file`);
}

/** Whether a column may well be the new council: few values, and not one that is known to be something else. */
function mayBe(area, values) {
  const real = new Set(values.filter((v) => v && !isNobody(v)).map(alike)), most = area.sheet.most_councils;
  if (!real.size || real.size > most || values.some((v) => v.length > 120) || 2 * values.filter(Boolean).length < values.length) return false;
  if ([...real].every((v) => NUMBER.test(v))) {
    const whole = [...real].map(wholeOf), each = values.map(wholeOf);
    if (whole.some((n) => n === null || n > 99)) return false;
    const counting = values.length > 2 && new Set(values).size === values.length && each.every((n, i) => n === each[0] + i);
    return !counting && real.size > 1;
  }
  const { uppers, area: named } = area.sheet;
  const today = new Set([...uppers.name, ...uppers.code, named.name, named.full_name].map(alike));
  return ![...real].map((v) => v.replace(/(countycouncil|council)$/, "")).every((v) => today.has(v) || BEYOND.has(v));
}

/** One column for each way of grouping: of two that group alike, the one in words. */
function groupedApart(values, able) {
  const plain = (c) => values.get(c).every((v) => !v || NUMBER.test(v) || v.length < 4 || codeLike(v)), kept = new Map();
  for (const c of able) {
    const order = new Map(), sign = values.get(c).map((v) => {
      if (!order.has(alike(v))) order.set(alike(v), order.size);
      return order.get(alike(v));
    }).join(" ");
    if (!kept.has(sign) || (plain(kept.get(sign)) && !plain(c))) kept.set(sign, c);
  }
  return [...kept.values()];
}
