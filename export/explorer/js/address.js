// The split in the address, after its `#`, as the app has it in its query: split, councils, order, lens.

const PARTING = "!~,+";

/** A name without the characters that part names in an address. */
const guarded = (name) => [...name].map((c) => (PARTING.includes(c) ? `!${PARTING.indexOf(c)}` : c)).join("");
const unguarded = (text) => text.replace(/!([0-3])/g, (_, n) => PARTING[Number(n)]);

/** What the app's address says of a split: [key, value] pairs. */
export function queryOf(area, split, lens) {
  const known = knownAs(area, split);
  if (known) return [["split", known], ["lens", lens]];
  const out = [["split", lgrEngine.encode(area, split)]];
  const first = lgrEngine.firstAppearance(area, split), plain = split.names.every((n, c) => n === `Council ${c + 1}`);
  if (!plain) out.push(["councils", split.names.map(guarded).join("~")]);
  if (plain || first.some((c, n) => c !== n)) out.push(["order", first.join("")]);
  return [...out, ["lens", lens]];
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

export const textOf = (pairs) => pairs.map(([k, v]) => `${k}=${encodeURIComponent(v)}`).join("&");

/** { split, lens, message } of an address; split is null where none is named or it cannot be shown. */
export function readAddress(area, text) {
  const given = new URLSearchParams(text.replace(/^[#?]/, ""));
  const lens = ["county", "middle", "district"].includes(given.get("lens")) ? given.get("lens") : null;
  const named = given.get("split");
  if (!named) return { split: null, lens, message: "" };
  try {
    return { split: opened(area, named, given), lens, message: "" };
  } catch (fault) {
    return { split: null, lens, message: `The address names a split that cannot be shown: ${fault.message}.` };
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
  const names = (given.get("councils") ?? "").split("~").map((n) => unguarded(n).slice(0, 80).trim()).filter(Boolean);
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
