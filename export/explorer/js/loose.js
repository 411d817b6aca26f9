// Tables in looser forms, brought into rows of a place and its council: words, lists, marks in columns, groups.

import { codeLike } from "./places.js";

const PARTED = /\s*(?::|=>|=|->|→|⇒|\t|\s{2,}|\s[-–—]\s)\s*/;
const BULLET = /^(?:[-*•·–—]\s*|[0-9]{1,3}[.)]\s+)/;
const YES = new Set(["x", "✓", "✔", "✗", "y", "yes", "1", "true", "*", "•", "●"]);
const NO = new Set(["", "0", "n", "no", "false", "-", "–"]);
const held = (row, c) => row.cells[c] ?? "";
const range = (n) => Array.from({ length: n }, (_, c) => c);

/** Without lines drawn of dashes under headings. */
export const withoutRulers = (rows) => rows.filter((r) => !r.cells.filter(Boolean).every((c) => /^[-=:+ ]{3,}$/.test(c)));

/** Lines of words as two cells, parted once: 'Elmbridge: East', 'East = Elmbridge, Woking', 'E07000207 East'. */
export function inWords(text, start) {
  return text.split("\n").flatMap((given, n) => {
    const plain = given.trim().replace(BULLET, ""), coded = /^([A-Za-z]\d{8})\s+(\S.*)$/.exec(plain), mark = PARTED.exec(plain);
    const parts = coded ? coded.slice(1) : mark ? [plain.slice(0, mark.index), plain.slice(mark.index + mark[0].length)] : [plain];
    const cells = parts.map((c) => c.trim().replace(/^[.;,]+|[.;,]+$/g, ""));
    return cells.some(Boolean) ? [{ line: start + n, cells }] : [];
  });
}

/** A table that lies on its side, its places in one row, stood up; null for others. */
export function turned(places, rows) {
  const width = Math.max(...rows.map((r) => r.cells.length));
  if (rows.length > 4 || width <= rows.length || !rows.some((r) => r.cells.filter((c) => places.find(c).length).length > 2)) return null;
  return range(width).map((c) => ({ line: rows[0].line, cells: rows.map((r) => held(r, c)) })).filter((r) => r.cells.some(Boolean));
}

/** A list of places under the names of their councils, as rows; null for what is no such list. */
export function underHeadings(places, rows) {
  if (rows.some((r) => r.cells.filter(Boolean).length !== 1)) return null;
  const out = [];
  let council = "", councils = 0;
  for (const { line, cells } of rows) {
    const text = cells.find(Boolean).replace(BULLET, "").trim(), place = text.replace(/[.;,]+$/, "");
    if (places.find(place).length) {
      if (!council) return null;
      out.push({ line, cells: [place, council] });
    } else if (codeLike(text) || (out.at(-1)?.line === line - 1 && places.near(text))) out.push({ line, cells: [text, council] });
    else [council, councils] = [text.replace(/:+$/, ""), councils + 1];
  }
  const enough = councils > 1 && councils <= places.area.sheet.most_councils + 1 && out.length >= councils;
  return enough ? [{ line: 0, cells: ["place", "council"] }, ...out] : null;
}

/**
 * A column a council with a mark in the row of each of its places: { rows, told }. { columns, fault } where a place is
 * marked twice or said to be in none, so that the columns may be facts or plans of their own; null for what is no such
 * table.
 */
export function marked(places, rows) {
  const body = rows.filter((r) => r.cells.some((c) => places.find(c).length)), head = rows[rows.indexOf(body[0]) - 1];
  if (!body.length || !head) return null;
  const sign = (r, c) => held(r, c).toLowerCase(), all = range(head.cells.length);
  const marks = all.filter((c) => head.cells[c] && body.some((r) => YES.has(sign(r, c))) && body.every((r) => YES.has(sign(r, c)) || NO.has(sign(r, c))));
  if (marks.length < 2 || marks.length > places.area.sheet.most_councils) return null;
  const chosen = new Map(body.map((r) => [r, marks.filter((c) => YES.has(sign(r, c)))])), names = marks.map((c) => head.cells[c].slice(0, 40));
  const joined = `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  const wrong = body.find((r) => chosen.get(r).length > 1 || (!chosen.get(r).length && marks.some((c) => held(r, c))));
  if (wrong || new Set([...chosen.values()].flat()).size < 2) {
    const why = wrong ? `line ${wrong.line}: a place is marked in ${chosen.get(wrong).length ? "more than one" : "none"} of the columns ${joined}`
      : `the columns ${joined} hold marks, but one of them alone has any`;
    return { columns: marks, fault: `${why}; mark each place in one column, or give its council by name` };
  }
  const rest = all.filter((c) => !marks.includes(c)), row = (r, council) => ({ line: r.line, cells: [...rest.map((c) => held(r, c)), council] });
  const given = (r) => (chosen.get(r)?.length ? head.cells[chosen.get(r)[0]] : "");
  return {
    rows: rows.map((r) => row(r, r === head ? names.join(" / ") : given(r))),
    told: `columns ${joined} read as the new councils, each of the places marked in it`,
  };
}

/**
 * Rows in groups whose council stands in the first of each alone, left of its places: { rows, told }. null for others,
 * and where the places stand in one order throughout: such a list is not put into groups, and is yet to be filled in.
 */
export function filledDown(places, rows, { council, at, beside, first, last }) {
  const own = rows.slice(first, last + 1), cells = own.map((r) => held(r, council)), given = cells.filter(Boolean);
  if (council < 0 || council > Math.min(...at) || given.length < 2 || given.length > places.area.sheet.most_councils) return null;
  if (new Set(given).size < given.length || given.length === own.length || !cells[0]) return null;
  const inOrder = (texts) => texts.every((t, n) => !n || texts[n - 1] <= t);
  if ([...at, ...beside].some((c) => inOrder(own.map((r) => held(r, c).toLowerCase()).filter(Boolean)))) return null;
  let above = "";
  const out = own.map((r) => {
    above = held(r, council) || above;
    return { line: r.line, cells: Object.assign([...r.cells], { [council]: above }) };
  });
  const many = own.length - given.length;
  return {
    rows: [...rows.slice(0, first), ...out, ...rows.slice(last + 1)],
    told: `rows without a council were taken to belong to the council named above them: ${many === 1 ? "1 row" : `${many} rows`}`,
  };
}
