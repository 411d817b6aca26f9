// From a file's bytes to rows of cells, each with the line it begins on.

const MARKS = [",", ";", "\t", "|"];
const QUOTES = ["“”", "‘’", "''", "«»", "``"];
const MOST_WORDS = 200_000, MOST_ROWS = 20_000;

/** The text of a file: UTF-8, UTF-16 or Windows-1252. */
export function textOf(bytes) {
  const two = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "";
  if (two) return new TextDecoder(two).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/**
 * The filled rows of a table; `score` says how many places stand in some rows, by which the mark between cells is told.
 * `words` parts lines of words, where that finds more.
 */
export function rowsOf(given, score, words) {
  const text = given.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"), named = /^"?sep=(.)"?\n/i.exec(text);
  const body = named ? text.slice(named[0].length) : text, start = named ? 2 : 1;
  const first = body.split("\n").find((line) => line.trim()) ?? "", times = (mark) => first.split(mark).length;
  const marks = named ? [named[1]] : [...MARKS].sort((a, b) => times(b) - times(a));
  const tried = [...marks.map((mark) => parted(body, mark, start)), ...(body.length <= MOST_WORDS ? [words(body, start)] : [])];
  const worth = tried.map((rows) => score(rows.slice(0, 60)));
  const rows = tried[worth.indexOf(Math.max(...worth))];
  if (rows.length > MOST_ROWS) throw new Error(`it has over ${MOST_ROWS.toLocaleString("en-GB")} rows; a file of one area’s places has fewer`);
  return unquoted(rows);
}

/** Cells without quotation marks of another kind than tables use, where every cell stands in such. */
function unquoted(rows) {
  const within = ([open, close]) => rows.slice(0, 40).every((r) => r.cells.every((c) => !c || (c.length > 2 && c[0] === open && c.at(-1) === close)));
  const pair = QUOTES.find(within), plain = (c) => (c.length > 2 ? c.slice(1, -1) : "");
  return pair ? rows.map((r) => ({ ...r, cells: r.cells.map(plain) })) : rows;
}

function parted(text, mark, start) {
  const rows = [];
  let cells = [""], quoted = false, line = start, begun = start;
  const end = () => {
    const told = cells.map((c) => c.trim().replace(/^="(.*)"$/, "$1").trim());
    if (told.some(Boolean)) rows.push({ line: begun, cells: told });
    [cells, begun] = [[""], line];
  };
  for (let n = 0; n < text.length; n++) {
    const c = text[n], last = cells.length - 1;
    if (c === "\n") line += 1;
    if (quoted) {
      if (c !== '"') cells[last] += c;
      else if (text[n + 1] === '"') cells[last] += text[++n];
      else quoted = false;
    } else if (c === '"' && !cells[last].trim()) [cells[last], quoted] = ["", true];
    else if (c === mark) cells.push("");
    else if (c === "\n") end();
    else cells[last] += c;
  }
  end();
  return rows;
}
