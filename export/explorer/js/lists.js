// The list of districts and councils: written as the app writes it, and read from a file in that or a like form.

const FORMULA = /^'*(\s*[=+\-@＝＋－＠]|[\t\n])/;
const NOBODY = new Set(["unassigned", "none", "na", "n/a", "#n/a", "zz", "tbc", "0", "-1", ""]);

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

const folded = (text) => text.toLowerCase().replace(/&/g, "and").replace(/[^a-z0-9]/g, "");

/** The split of a list's text. Throws an Error in words: every fault at once, with its line. */
export function readList(area, text) {
  const rows = rowsOf(text.replace(/^\ufeff/, ""));
  const byCode = new Map([...area.authorities.code, ...area.wards.code].map((code) => [code, code]));
  const byName = new Map(area.authorities.name.map((name, i) => [folded(name), area.authorities.code[i]]));
  const place = (value) => byCode.get(value.trim().toUpperCase()) ?? byName.get(folded(value));
  const columns = Math.max(0, ...rows.map((r) => r.cells.length));
  const hits = Array.from({ length: columns }, (_, k) => rows.filter((r) => place(r.cells[k] ?? "")).length);
  const at = hits.indexOf(Math.max(...hits));
  if (!hits[at]) throw new Error("no column of this file holds codes or names of this area’s places");
  const used = rows.filter((r) => place(r.cells[at] ?? ""));
  const others = Array.from({ length: columns }, (_, k) => k).filter((k) => k !== at && used.some((r) => (r.cells[k] ?? "").trim()));
  const councilish = others.filter((k) => {
    const values = new Set(used.map((r) => (r.cells[k] ?? "").trim()));
    return values.size <= area.sheet.most_councils + 1 && used.every((r) => !place(r.cells[k] ?? "") || values.size < used.length);
  });
  const of = councilish.length === 1 ? councilish[0] : headed(rows, councilish);
  if (of === undefined) throw new Error(councilish.length ? "two columns of this file could be the council; keep one" : "no column of this file names the council of each place");
  return placed(area, used.map((r) => ({ line: r.line, code: place(r.cells[at]), council: (r.cells[of] ?? "").trim() })));
}

/** The column that is headed `council`, or has a heading with that word. */
function headed(rows, columns) {
  const head = rows[0]?.cells.map((c) => c.trim().toLowerCase()) ?? [];
  return columns.find((k) => head[k] === "council") ?? columns.find((k) => (head[k] ?? "").includes("council"));
}

function placed(area, rows) {
  const faults = [], seen = new Map(), names = [];
  const authority = area.authorities.code.map(() => lgrEngine.OUT), ward = area.wards.code.map(() => lgrEngine.OUT);
  const council = (text) => {
    const name = text.replace(/^'(?=[=+\-@])/, "").slice(0, 80);
    if (NOBODY.has(name.toLowerCase())) return lgrEngine.OUT;
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  const wards = [];
  for (const row of rows) {
    if (seen.has(row.code)) faults.push(`line ${row.line}: ${row.code} is given twice (line ${seen.get(row.code)})`);
    seen.set(row.code, row.line);
    const i = area.authorityIndex.get(row.code), c = council(row.council);
    if (i === undefined) wards.push([area.wardIndex.get(row.code), c]);
    else {
      authority[i] = c;
      for (const w of area.wardsOf[i]) ward[w] = c;
    }
  }
  for (const [w, c] of wards) ward[w] = c;
  if (names.length > area.sheet.most_councils) faults.push(`${names.length} councils are named; the most is ${area.sheet.most_councils}`);
  if (!names.length) faults.push("no council is named");
  if (faults.length) throw new Error(faults.join("; "));
  return lgrEngine.fromArrays(area, authority, ward, names);
}

/** Rows of cells with the line each begins on; the mark between cells is the one that occurs most. */
function rowsOf(text) {
  const count = (mark) => text.split(mark).length;
  const mark = [",", ";", "\t", "|"].sort((a, b) => count(b) - count(a))[0];
  const rows = [];
  let cells = [""], quoted = false, line = 1, begun = 1;
  for (let n = 0; n < text.length; n++) {
    const c = text[n];
    if (c === "\n") line += 1;
    if (quoted) {
      if (c === '"' && text[n + 1] === '"') cells[cells.length - 1] += text[++n];
      else if (c === '"') quoted = false;
      else cells[cells.length - 1] += c;
    } else if (c === '"' && !cells[cells.length - 1].trim()) quoted = true;
    else if (c === mark) cells.push("");
    else if (c === "\n") {
      rows.push({ line: begun, cells });
      [cells, begun] = [[""], line];
    } else if (c !== "\r") cells[cells.length - 1] += c;
  }
  rows.push({ line: begun, cells });
  return rows.filter((r) => r.cells.some((c) => c.trim()));
}
