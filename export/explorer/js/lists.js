// The list of districts and councils: written as the app writes it, and read from a file in that or a like form.

import { isNobody, understand } from "./columns.js";
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

/** `code,council` rows: authorities, then wards that differ from theirs; blocks nobody has are marked unassigned. */
export function listOf(area, split) {
  const { code } = area.authorities, rows = [["code", "council"]];
  const name = (c) => (c < 0 ? "unassigned" : split.names[c]);
  code.forEach((own, i) => {
    const c = split.authority[i];
    if (c >= 0) rows.push([own, name(c)]);
    else if (c === lgrEngine.DIVIDED) for (const w of area.wardsOf[i]) rows.push([area.wards.code[w], name(split.ward[w])]);
    else if (!area.authorities.extra[i]) rows.push([own, "unassigned"]);
  });
  return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
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
  if (/^\s*\{/.test(text.replace(/^\ufeff/, ""))) ofJson(text.replace(/^\ufeff/, ""), found);
  else ofTable(rowsOf(text, (rows) => places.score(rows)), found);
  return placed(area, found);
}

function ofJson(text, found) {
  let given;
  try {
    given = JSON.parse(text);
  } catch {
    throw new Error("it begins as JSON does, but is cut or damaged");
  }
  if (given.type === "FeatureCollection") return ofFeatures(given, found);
  if (given.format) throw new Error("it is a scenario file: open it in the app, which reads its partnerships and notes too");
  const mapping = given.assignment ?? given, one = (v) => String((Array.isArray(v) ? v[0] : v) ?? "");
  if (Object.values(mapping).some((v) => v !== null && typeof v === "object" && !Array.isArray(v))) throw new Error("it is JSON of another form; give a list with a code and a council in each row, or open it in the app");
  return Object.entries(mapping).forEach(([place, council], n) => take(found, place, one(council), n + 1));
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

function ofTable(rows, found) {
  if (!rows.length) throw new Error("it is empty");
  const { places } = found, plan = understand(places, rows), at = (row, c) => (c < 0 ? "" : row.cells[c] ?? "");
  if (plan.form === "columns") return ofColumns(rows, plan, found);
  if (!plan.own && alike(plan.headings[plan.council] ?? "") !== "council") {
    found.notes.push(`column ${plan.headings[plan.council] || plan.council + 1} read as the new council`);
  }
  rows.forEach((row, n) => {
    if (n === plan.first - 1) return;
    const council = at(row, plan.council), named = plan.at.map((c) => at(row, c)).filter(Boolean), filled = row.cells.filter(Boolean);
    const around = plan.beside.flatMap((c) => places.find(at(row, c))).filter((code) => !places.parent.has(code));
    if (plan.form === "lists" && named.length && council) {
      const parts = places.members(named[0]);
      return (parts.length ? parts : [named[0]]).forEach((part) => take(found, part, council, row.line, around));
    }
    const text = named.find((t) => places.find(t).length), outside = n < plan.first || n > plan.last;
    if (text) return disagrees(row, text, plan, found) || take(found, text, council, row.line, around);
    const whole = !council && named.length && [places.area.sheet.area.name, ...places.area.sheet.uppers.code].map(alike).includes(alike(named[0]));
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
    else for (const row of rows.slice(plan.first)) {
      const text = row.cells[c] ?? "", total = !found.places.find(text).length && (TOTAL.test(row.cells.find(Boolean)) || /^[\d,.]+$/.test(text));
      if (text && !total) take(found, text, council, row.line);
    }
  }
}

/**
 * Give the place that a text names to a council; a fault where it names none, several, or one given before. A row
 * without a council gives its place nothing: a ward goes with its authority.
 */
function take({ places, rows, faults }, text, council, line, around = []) {
  const all = places.find(text), near = all.length > 1 && around.length ? all.filter((c) => around.includes(places.parent.get(c))) : all;
  const name = text.slice(0, 40) || "its code", { area } = places, [code] = near;
  if (near.length > 1) faults.push(`line ${line}: ${name} is a ward of more than one district; give its code`);
  else if (!council && (code || (/^E05\d{6}$/i.test(text) && !area.wards.code.length))) return;
  else if (!code) {
    const wards = /^E05/i.test(text) && !area.wards.code.length ? "; this page holds no wards" : "";
    faults.push(`line ${line}: ${name} is no district, unitary or ward of ${area.sheet.area.name} today${wards}`);
  } else if (rows.has(code)) faults.push(`line ${line}: ${name} is given twice (first on line ${rows.get(code).line})`);
  else rows.set(code, { council, line });
}

function placed(area, found) {
  const { places, rows, faults, left, notes } = found, given = [...rows].map(([code, { council }]) => [code, council.replace(/^'(?='*\s*[=+\-@＝＋－＠])/, "").slice(0, 80)]);
  const real = given.some(([, c]) => !isNobody(c)), nobody = (c) => isNobody(c) && (real || !/^-?\d+$/.test(c));
  const spelt = new Map(), names = [];
  for (const [, c] of given) if (!nobody(c)) spelt.set(alike(c), [...(spelt.get(alike(c)) ?? []), c]);
  const called = (c) => {
    const ways = spelt.get(alike(c)), times = (w) => ways.filter((x) => x === w).length;
    return [...new Set(ways)].sort((a, b) => times(b) - times(a))[0];
  };
  const council = (c) => {
    if (nobody(c)) return lgrEngine.OUT;
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
  if (!names.length) faults.push("no council is named");
  if (faults.length) throw new Error(faults.slice(0, MOST_TOLD).join("; ") + (faults.length > MOST_TOLD ? `; and ${faults.length - MOST_TOLD} more faults` : ""));
  const split = lgrEngine.fromArrays(area, authority, ward, names), out = lgrEngine.leftOut(area, split).length;
  if (left.length) notes.push(`${left.length === 1 ? "line" : "lines"} ${left.join(", ")} left out: title, total or note`);
  for (const ways of spelt.values()) if (new Set(ways).size > 1) notes.push(`${[...new Set(ways)].join(" and ")} are taken for one council`);
  if (out) notes.push(`${out === 1 ? "one place is" : `${out} places are`} in no council yet`);
  return { split, notes };
}
