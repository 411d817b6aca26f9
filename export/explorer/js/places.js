// Places of an area as files name them: codes, names, and the other names that the page holds.

const OFFICE = new RegExp("^(the )?((royal )?borough|city|district|county borough) (council )?of "
  + "| (county |city |borough |district |metropolitan |unitary )*(council|authority|district|borough|city)( \\(?(b|ua|district|borough)\\)?)?$"
  + "| (cc|bc|dc|mbc|ua)$| \\((b|ua|district|borough|city)\\)$", "g");
const CODE = /[A-Z]\d{8}/g;
const LIKE = 0.8;
const PARTING = /[;,|\n]|\s\/\s/;

export const codeLike = (text) => /^[A-Za-z]\d{8}$/.test(text);

/** What names have in common that differ in case, blanks, apostrophes, dashes, `&`, a leading nought alone. */
export function alike(text) {
  const plain = text.normalize("NFKC").toLowerCase().replaceAll("&", " and ").replace(/['’‘`´ʼ＇′]/g, "");
  const words = plain.replace(/(?<=[\p{L}\d])\s*[-‐‑‒–—−_]+\s*(?=[\p{L}\d])/gu, " ").trim();
  return words.replace(/(?<![\p{L}\d.])0+(?=\d)/gu, "").replace(/^(\d+)\.0+$/, "$1").replace(/\s+/g, "");
}

const key = (name) => alike(name).replace(/[.,]/g, "");

/** Letters that two texts share in order, the longest run first, as Python's difflib counts them. */
function shared(a, b) {
  let best = 0, i = 0, j = 0, last = [];
  for (let x = 0; x < a.length; x++) {
    const runs = [];
    for (let y = 0; y < b.length; y++) {
      if (a[x] === b[y]) runs[y] = (last[y - 1] ?? 0) + 1;
      if (runs[y] > best) [best, i, j] = [runs[y], x - runs[y] + 1, y - runs[y] + 1];
    }
    last = runs;
  }
  return best && best + shared(a.slice(0, i), b.slice(0, j)) + shared(a.slice(i + best), b.slice(j + best));
}

export class Places {
  /** `others`: [name, code] pairs of former names and codes, and of short names. */
  constructor(area, others) {
    const { authorities, wards } = area;
    this.area = area;
    this.parent = new Map(wards.code.map((code, w) => [code, authorities.code[wards.authority[w]]]));
    this.name = new Map([...authorities.code.map((c, i) => [c, authorities.name[i]]), ...wards.code.map((c, w) => [c, wards.name[w]])]);
    this.coded = new Map([...this.name.keys()].map((code) => [code, code]));
    this.named = new Map();
    for (const [code, name] of this.name) this.known(name, code);
    for (const [name, code] of others) {
      if (codeLike(name)) this.coded.set(name, this.coded.get(name) ?? code);
      else if (!this.named.has(key(name))) this.known(name, code);
    }
  }

  known(name, code) {
    this.named.set(key(name), [...(this.named.get(key(name)) ?? []), code]);
  }

  /** Codes of every block that a text may name: one, none, or several of one name. */
  find(text) {
    if (!text || text.length > 120) return [];
    const upper = text.toUpperCase(), codes = [...new Set(upper.match(CODE) ?? [])];
    if (this.coded.has(upper)) return [this.coded.get(upper)];
    if (codes.length) return codes.length === 1 && !PARTING.test(text) && this.coded.has(codes[0]) ? [this.coded.get(codes[0])] : [];
    const shorter = text.toLowerCase().split(/\s+/).join(" ").replace(OFFICE, "");
    const found = this.named.get(key(text)) ?? this.named.get(key(shorter)) ?? [];
    const lone = found.filter((code) => !this.parent.has(code));
    return lone.length ? lone : found;
  }

  /** The former code by which a text names a block; "" where it does so in another way. */
  formerCode(text) {
    const code = (text.toUpperCase().match(CODE) ?? []).find((c) => this.coded.has(c)) ?? "";
    return this.coded.get(code) === code ? "" : code;
  }

  /** The parts of a cell that lists places, where two or more of them are some; [] else. */
  members(text) {
    const parts = text.length < 5 ? [] : text.split(PARTING).map((t) => t.trim()).filter(Boolean);
    return parts.length > 1 && parts.filter((t) => this.find(t).length).length > 1 ? parts : [];
  }

  /** Whether a text is much like a name of the area: perhaps one, misspelt. */
  near(text) {
    const own = key(text.slice(0, 120)), most = (name) => 2 * Math.min(name.length, own.length) / (name.length + own.length);
    return [...this.named.keys()].some((name) => most(name) >= LIKE && 2 * shared(name, own) / (name.length + own.length) >= LIKE);
  }

  /** Cells that name places, in rows of more than one cell. */
  score(rows) {
    const each = (text) => (this.find(text).length ? 1 : this.members(text).length);
    return rows.filter((r) => r.cells.filter(Boolean).length > 1).flatMap((r) => r.cells).reduce((sum, c) => sum + (c ? each(c) : 0), 0);
  }
}
