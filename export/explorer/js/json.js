// Mappings and records in JSON as rows of a table, as the app reads them.

const OTHER = "it is JSON of another form; give a list with a code and a council in each row, or open it in the app";
const isObject = (v) => v !== null && typeof v === "object" && !Array.isArray(v);
const textOf = (v) => (v === null || v === undefined ? "" : String(v).trim());

/** What a text of JSON holds, or one object a line. Throws an Error where it is cut, or gives a key of one object twice. */
export function parsed(text) {
  const read = (part) => {
    const value = JSON.parse(part);
    eachOnce(part);
    return value;
  };
  const tried = (parts) => {
    try {
      return parts.map(read);
    } catch (fault) {
      if (fault instanceof SyntaxError) return null;
      throw fault;
    }
  };
  const lines = text.split("\n").filter((line) => line.trim()), whole = tried([text]), each = whole ? null : tried(lines);
  if (whole) return whole[0];
  if (!each || each.length < 2 || !each.every(isObject)) throw new Error("it begins as JSON does, but is cut or damaged");
  return each;
}

/** An Error where an object gives a key twice, since one of the two values would be lost. */
function eachOnce(text) {
  const open = [];
  for (const [mark, end] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g)) {
    if (mark === "{") open.push(new Set());
    else if (mark === "}") open.pop();
    else if (end) {
      const key = JSON.parse(mark.slice(0, -end.length));
      if (open.at(-1).has(key)) throw new Error(`it gives “${key.slice(0, 40)}” twice; keep one`);
      open.at(-1).add(key);
    }
  }
}

/** { rows, notes } of records, or of a mapping of places to councils or of councils to lists of places. */
export function rowsOfJson(given) {
  if (Array.isArray(given)) {
    if (!given.length || !given.every(isObject)) throw new Error(OTHER);
    const keys = [...new Set(given.flatMap(Object.keys))], cell = (v) => (typeof v === "object" ? "" : textOf(v));
    return { rows: [{ line: 0, cells: keys }, ...given.map((r, n) => ({ line: n + 1, cells: keys.map((k) => cell(r[k])) }))], notes: [] };
  }
  if (given.format) throw new Error("it is a scenario file: open it in the app, which reads its partnerships and notes too");
  const mapping = (isObject(given.plan) ? given.plan : given).assignment ?? given, held = isObject(mapping) ? Object.entries(mapping) : [];
  if (!held.length) throw new Error(OTHER);
  if (held.every(([, v]) => Array.isArray(v) && v.every((t) => typeof t === "string")) && held.some(([, v]) => v.length > 1)) {
    const rows = held.filter(([, v]) => v.length).map(([k, v], n) => ({ line: n + 1, cells: [k.trim(), v.join("; ")] }));
    const notes = held.filter(([, v]) => !v.length).map(([k]) => `${k.slice(0, 40)} has no place`);
    return { rows: [{ line: 0, cells: ["council", "places"] }, ...rows], notes };
  }
  const rows = held.map(([place, v], n) => {
    const council = Array.isArray(v) && v.length < 2 ? v[0] : v;
    if (council !== null && typeof council === "object") throw new Error(OTHER);
    return { line: n + 1, cells: [place.trim(), textOf(council)] };
  });
  return { rows: [{ line: 0, cells: ["place", "council"] }, ...rows], notes: [] };
}
