// The list of districts and councils: written as the app writes it, and read from a file in that or a like form.

import { isNobody, understand } from "./columns.js";
import { parsed, rowsOfJson } from "./json.js";
import { filledDown, inWords, marked, turned, underHeadings, withoutRulers } from "./loose.js";
import { oneLine } from "./names.js";
import { alike, codeLike, Places } from "./places.js";
import { rowsOf, textOf } from "./rows.js";

const FORMULA = /^'*(\s*[=+\-@＝＋－＠]|[\t\n])/;
const TOTAL = /^((grand |sub-?\s?)?totals?\b|all\b|sum\b|whole area\b)/i;
const NOTE = /^((notes?|sources?|footnotes?)\b|[*†‡[(]|\d\))/i;
const MOST_TOLD = 4;

const cell = (text) => {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/**
 * `code,council` rows: authorities, then wards that differ from theirs; blocks nobody has are marked unassigned. Where
 * two names are alike, or one reads as nobody, a third column numbers the councils.
 */
export function listOf(area, split) {
  const { code } = area.authorities, rows = [];
  code.forEach((own, i) => {
    const c = split.authority[i];
    if (c >= 0 || (c === lgrEngine.OUT && !area.authorities.extra[i])) rows.push([own, c]);
    else if (c === lgrEngine.DIVIDED) for (const w of area.wardsOf[i]) rows.push([area.wards.code[w], split.ward[w]]);
  });
  const used = [...new Set(rows.map(([, c]) => c).filter((c) => c >= 0))], names = used.map((c) => split.names[c]);
  const numbered = names.some(isNobody) || new Set(names.map(alike)).size < names.length;
  const told = ([own, c]) => [own, c < 0 ? "unassigned" : split.names[c], ...(numbered ? [c < 0 ? "" : String(used.indexOf(c) + 1)] : [])];
  const head = ["code", "council", ...(numbered ? ["council number"] : [])];
  return [head, ...rows.map(told)].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/**
 * { split, notes } of a file: a list in text, a mapping in JSON, or this tool's own GeoJSON. `others`: former and short
 * names with codes. Throws an Error in words: what this page cannot take, or every fault with its line.
 */
export function readFile(area, bytes, others = []) {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) throw new Error("it is an Excel or other packed file, which this page cannot read: save its sheet as CSV, or open it in the app, which can");
  const text = textOf(bytes), places = new Places(area, others);
  if (text.includes("\0")) throw new Error("it is no text file");
  if (!text.trim()) throw new Error("it is empty");
  const found = { places, rows: new Map(), faults: [], left: [], notes: [] };
  if (/^\s*</.test(text.replace(/^\ufeff/, ""))) throw new Error("it is a web page; printed pages of this tool open in the app, which finds the scenario inside");
  if (/^\s*[{[]/.test(text.replace(/^\ufeff/, ""))) ofJson(text.replace(/^\ufeff/, ""), found);
  else ofTable(rowsOf(text, (rows) => places.score(rows), inWords), found);
  return placed(area, found);
}

function ofJson(text, found) {
  const given = parsed(text);
  if (given.type === "FeatureCollection") return ofFeatures(given, found);
  const { rows, notes } = rowsOfJson(given);
  found.notes.push(...notes);
  return ofTable(rows, found);
}

/** The councils of this tool's own GeoJSON, which names the codes that each holds. */
function ofFeatures(given, found) {
  const own = given.features?.map((f) => f.properties ?? {}) ?? [];
  if (!own.length || own.some((p) => typeof p.council !== "string" || typeof p.codes !== "string")) {
    throw new Error("it holds outlines without the codes of their places, and this page cannot tell which places lie inside: open it in the app, which can");
  }
  own.forEach((p, n) => {
    for (const code of `${p.codes};${p.ward_codes ?? ""}`.split(";").filter(Boolean)) take(found, code, p.council, n + 1);
  });
}

function ofTable(given, found) {
  if (!given.length) throw new Error("it is empty");
  const { places } = found, table = withoutRulers(given), marks = marked(places, table);
  const laid = marks?.rows ?? underHeadings(places, table) ?? turned(places, table) ?? table, plan = understand(places, laid);
  if (plan.form === "columns") return ofColumns(laid, plan, found);
  if (marks?.fault && marks.columns.includes(plan.council)) throw new Error(marks.fault);
  if (marks?.rows && plan.council === plan.headings.length - 1) found.notes.push(marks.told);
  else if (!plan.own && alike(plan.headings[plan.council] ?? "") !== "council") {
    found.notes.push(`${plan.headings[plan.council] ? "column " : ""}${plan.headings[plan.council] || `column ${plan.council + 1}`} read as the new council`);
  }
  const filled = plan.form === "rows" && !plan.own ? filledDown(places, laid, plan) : null;
  if (filled) found.notes.push(filled.told);
  return ofRows(filled?.rows ?? laid, plan, found);
}

/** A row a block, or a council a row with its members in one cell. */
function ofRows(rows, plan, found) {
  const { places } = found, at = (row, c) => (c < 0 ? "" : row.cells[c] ?? "");
  found.numbered = plan.number >= 0;
  rows.forEach((row, n) => {
    if (n === plan.first - 1) return;
    const council = at(row, plan.council), named = plan.at.map((c) => at(row, c)).filter(Boolean), filled = row.cells.filter(Boolean);
    const around = plan.beside.flatMap((c) => places.find(at(row, c))).filter((code) => !places.parent.has(code));
    if (plan.form === "lists" && named.length && council) {
      const parts = places.members(named[0]);
      return (parts.length ? parts : [named[0]]).forEach((part) => take(found, part, council, row.line, around));
    }
    const text = named.find((t) => places.find(t).length), outside = n < plan.first || n > plan.last;
    if (text) return disagrees(row, text, plan, found) || take(found, text, council, row.line, around, at(row, plan.number ?? -1));
    if (JSON.stringify(row.cells) === JSON.stringify(plan.headings)) return found.left.push(row.line);
    const whole = named.length && [places.area.sheet.area.name, ...places.area.sheet.uppers.code].map(alike).includes(alike(named[0]));
    const total = filled.some((c) => TOTAL.test(c)) && !filled.some(codeLike);
    if (total || whole || (outside && !plan.own && (filled.length === 1 || NOTE.test(filled[0])) && !codeLike(filled[0]))) return found.left.push(row.line);
    return named.length ? take(found, named[0], council, row.line, around) : found.faults.push(`line ${row.line}: no code or name of a place`);
  });
}

/** A fault where the name beside a code is another place's. */
function disagrees(row, text, plan, { places, faults }) {
  const [own, more] = places.find(text);
  const other = more ? "" : plan.beside.map((c) => places.find(row.cells[c] ?? "")).find((f) => f.length === 1 && f[0] !== own && places.parent.get(own) !== f[0]);
  return other && faults.push(`line ${row.line}: ${text} is ${places.name.get(own)}, but ${places.name.get(other[0])} stands beside it`);
}

/** A council a column: its heading is the name, its cells the members. */
function ofColumns(rows, plan, found) {
  found.notes.push(`each of ${plan.at.length} columns read as a new council with its members`);
  for (const c of plan.at) {
    const council = plan.headings[c] ?? "";
    if (!council) found.faults.push(`column ${c + 1} lists places under no name of a council`);
    else for (const [n, row] of rows.entries()) {
      const text = n < plan.first ? "" : row.cells[c] ?? "", filled = row.cells.filter(Boolean);
      const other = !found.places.find(text).length && (TOTAL.test(filled[0]) || /^[\d,.]+$/.test(text) || (n > plan.last && filled.length === 1));
      if (text && !other) take(found, text, council, row.line);
      else if (text && !found.left.includes(row.line)) found.left.push(row.line);
    }
  }
  found.left.push(...rows.slice(0, Math.max(plan.first - 1, 0)).map((row) => row.line));
}

/**
 * Give the place that a text names to a council; a fault where it names none, several, or one given before. A row
 * without a council gives its place nothing: a ward goes with its authority.
 */
function take({ places, rows, faults, left }, text, council, line, around = [], number = "") {
  const all = places.find(text), near = all.length > 1 && around.length ? all.filter((c) => around.includes(places.parent.get(c))) : all;
  const name = text.slice(0, 40) || "its code", { area } = places, [code] = near;
  if (near.length > 1) faults.push(`line ${line}: ${name} is a ward of more than one district; give its code`);
  else if (!council && (code || (/^E05\d{6}$/i.test(text) && !area.wards.code.length))) return;
  else if (!code) {
    const wards = /^E05/i.test(text) && !area.wards.code.length ? "; this page holds no wards" : "";
    faults.push(`line ${line}: ${name} is no district, unitary or ward of ${area.sheet.area.name} today${wards}`);
  } else if (!rows.has(code)) rows.set(code, { council, line, number });
  else if (alike(rows.get(code).council) === alike(council)) left.push(line);
  else {
    const before = rows.get(code);
    faults.push(`line ${line}: ${name} is given twice (first on line ${before.line}), to ${before.council.slice(0, 40)} and to ${council.slice(0, 40)}`);
  }
}

/** A council's name as a file writes it: without what a spreadsheet adds, 1 for 1.0. */
const nameOf = (council) => oneLine(council.replace(/^(\d{1,2})\.0+$/, "$1").replace(/^'(?='*\s*[=+\-@＝＋－＠])/, ""));

function placed(area, found) {
  const { places, rows, faults, left, notes } = found, all = [...rows].map(([code, row]) => ({ code, ...row }));
  const real = all.some((r) => !isNobody(r.council)), count = (c) => /^\d{1,18}$/.test(c.replace(/^-+/, ""));
  const nobody = (r) => (found.numbered ? !r.number : isNobody(r.council) && (real || !count(r.council)));
  const given = all.map((r) => [r.code, nobody(r) ? null : nameOf(r.council)]), spelt = new Map(), names = [];
  // Of this tool's own files a number tells councils apart whose names are alike.
  const sign = (c) => (found.numbered ? c : alike(c));
  for (const [code, c] of given) {
    if (c === "") faults.push(`line ${rows.get(code).line}: ${code} has no council that can be written`);
    if (c) spelt.set(sign(c), [...(spelt.get(sign(c)) ?? []), c]);
  }
  const called = (c) => {
    const ways = spelt.get(sign(c)), times = (w) => ways.filter((x) => x === w).length;
    return [...new Set(ways)].sort((a, b) => times(b) - times(a))[0];
  };
  const council = (c) => {
    if (!c) return lgrEngine.OUT;
    if (!names.includes(called(c))) names.push(called(c));
    return names.indexOf(called(c));
  };
  given.forEach(([, c]) => council(c));
  const authority = area.authorities.code.map(() => lgrEngine.OUT), ward = area.wards.code.map(() => lgrEngine.OUT);
  // A ward's row stands over its authority's.
  for (const [code, c] of given) {
    const i = area.authorityIndex.get(code), own = council(c);
    if (i === undefined) continue;
    authority[i] = own;
    for (const w of area.wardsOf[i]) ward[w] = own;
  }
  for (const [code, c] of given) if (places.parent.has(code)) ward[area.wardIndex.get(code)] = council(c);
  if (names.length > area.sheet.most_councils) faults.push(`${names.length} councils are named; the most is ${area.sheet.most_councils}`);
  if (!names.length && given.length) names.push("Council 1", "Council 2");
  if (!names.length) faults.push("no council is named");
  if (faults.length) throw new Error(faults.slice(0, MOST_TOLD).join("; ") + (faults.length > MOST_TOLD ? `; and ${faults.length - MOST_TOLD} more faults` : ""));
  const split = lgrEngine.fromArrays(area, authority, ward, names), out = lgrEngine.leftOut(area, split).length;
  if (left.length) notes.push(`${left.length === 1 ? "line" : "lines"} ${left.sort((a, b) => a - b).join(", ")} left out: title, total, note or repeated row`);
  for (const ways of spelt.values()) if (new Set(ways).size > 1) notes.push(`${[...new Set(ways)].join(" and ")} are taken for one council`);
  if (out) notes.push(`${out === 1 ? "one place is" : `${out} places are`} in no council yet`);
  return { split, notes };
}
