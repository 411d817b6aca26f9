// Figures in words, as lgrdata/core/words.py has them: a real minus sign, thousands by commas, no needless decimals.

const MINUS = "−";
const NUMBERS_IN_WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
// Made once: a formatter takes longer to make than a page of figures to write.
const FORMATS = [0, 1, 2].map((n) => new Intl.NumberFormat("en-GB", { minimumFractionDigits: n, maximumFractionDigits: n }));
const grouped = (n, places = 0) => FORMATS[places].format(n);

/** Rounded to whole numbers, halves to the even one, as Python does. */
function whole(v) {
  return Math.abs(v % 1) === 0.5 ? 2 * Math.round(v / 2) : Math.round(v);
}

const rounded = (v, places) => whole(v * 10 ** places) / 10 ** places;
const signed = (text, negative) => (negative && /[1-9]/.test(text) ? MINUS + text : text);

function millions(v, plus = false) {
  if (Math.abs(v) < 5e-5) return "£0m";
  const n = Math.abs(whole(v));
  if (!n) return v < 0 ? "just below £0" : plus ? "just above £0" : "under £1m";
  const text = `£${grouped(n)}m`;
  return v < 0 ? MINUS + text : plus ? `+${text}` : text;
}

const pounds = (v) => signed(`£${grouped(Math.abs(rounded(v, 1)), 1)}`, v < 0);
const percent = (share) => `${Math.abs(whole(share * 100))}%`;
const thousandsOf = (n) => `${grouped(whole((Math.abs(n) >= 1e6 ? 1e4 * whole(n / 1e4) : n) / 1000))}k`;

/** People to three figures: 566,000; 12,300; 424. */
function peopleOf(n) {
  const size = Math.abs(n);
  if (size < 1000) return signed(grouped(whole(size)), n < 0);
  const step = 10 ** (Math.floor(Math.log10(size)) - 2);
  return signed(grouped(whole(size / step) * step), n < 0);
}

const inWords = (n) => NUMBERS_IN_WORDS[n] ?? grouped(n);
const counted = (n, one, many = `${one}s`) => `${inWords(n)} ${n === 1 ? one : many}`;
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
const listed = (items) => (items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`);

function ordinal(n) {
  const end = n % 100 > 10 && n % 100 < 14 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${grouped(n)}${end}`;
}

/** £19m to £41m in words: both save, both cost, or one of each. */
function comesTo(one, other) {
  const [low, high] = one < other ? [one, other] : [other, one];
  const each = (v) => millions(Math.abs(v));
  const does = (v) => (Math.abs(v) < 5e-5 ? "changes nothing" : `${v > 0 ? "saves" : "costs"} ${each(v)}`);
  if (millions(low) === millions(high)) return does(low);
  if (low > 5e-5) return `saves ${each(low)} to ${each(high)}`;
  if (high < -5e-5) return `costs ${each(high)} to ${each(low)}`;
  return `${does(low)} or ${does(high)}`;
}

function spread(one, other) {
  const [low, high] = (one < other ? [one, other] : [other, one]).map((v) => millions(v, true));
  return low === high ? low : `${low} to ${high}`;
}

/** '+£39.9m', '+£63.9m or more', '£4m to £9m', as printed. */
function asPublished(c) {
  const one = (v) => `${v < 0 ? MINUS : "+"}£${grouped(Math.abs(v), 1).replace(".0", "")}m`;
  if (c.low !== null && c.high !== null) return c.low === c.high ? one(c.low) : `${one(c.low)} to ${one(c.high)}`;
  return `${one(c.value)} ${c.low === null ? "or less" : "or more"}`;
}

/** 'better' or 'worse' for a share of which less is better; '' where it reads the same. */
function judged(before, after) {
  if (percent(before) === percent(after)) return "";
  return after > before ? "worse" : "better";
}

/** What a warning says. `name` gives a council's name. */
function sayWarning(w, name) {
  const blocks = w.blocks.map((b) => b[1]);
  const shown = blocks.length > 3 ? `${blocks.slice(0, 3).join(", ")} and ${blocks.length - 3} more` : listed(blocks);
  switch (w.kind) {
    case "left_out": return `${blocks[0]} is in no council yet.`;
    case "more_left_out": return `${w.count} more places are in no council yet.`;
    case "empty": return `The council called ${name(w.council)} has no places yet.`;
    case "sea": return `${name(w.council)} is joined only by sea: ${shown}.`;
    default: return `${name(w.council)} is in ${w.count} pieces: ${shown} ${blocks.length === 1 ? "lies" : "lie"} apart.`;
  }
}

function sayMend(mend, name) {
  if (mend.remove !== null) return `Remove the empty council (${name(mend.remove)})`;
  const { blocks } = mend;
  const what = blocks.length === 1 ? blocks[0][1] : `${blocks.length} places round ${blocks[0][1]}`;
  return `Give ${what} to ${name(mend.council)}`;
}

/** 'Elmbridge to West Surrey and 2 more' */
function sayChanges(changes, name, most = 2) {
  const told = changes.slice(0, most).map((c) => `${c.name} to ${c.after < 0 ? "no council" : name(c.after)}`);
  return told.join(", ") + (changes.length > most ? ` and ${changes.length - most} more` : "");
}

/** The difference in money and commuters, as parts of a sentence. */
function sayDifference(d, lens, called) {
  const net = d.recurring_net[lens], out = [];
  // Halves of a million move figures that are shown, so only where nothing moves is it as before.
  const still = Object.values(d.recurring_net).every((v) => Math.abs(v) < 5e-5);
  const small = Math.abs(net) < 5e-5 ? "unchanged" : `under £1m a year ${net > 0 ? "better" : "worse"}`;
  const moved = Math.abs(net) < 0.5 ? small : `${millions(net, true)} a year`;
  out.push(still ? "yearly money as before" : `${moved} in the end, ${called}`);
  if (d.crossing) {
    const [before, after] = d.crossing, verdict = judged(before, after);
    const told = percent(before) === percent(after) ? `stay ${percent(after)}` : `${percent(before)} → ${percent(after)}`;
    out.push(`commuters who cross ${told}${verdict ? `, ${verdict}` : ""}`);
  }
  return out;
}

/** 'adults in long-term support: Exeter +310, Torbay −310, estimated'; '' where none moved. */
function sayAdults(adults, name) {
  // A total that is kept lets councils that nobody moved gain or lose one or two.
  const moved = (adults ?? []).map((n, c) => [n, c]).filter(([n]) => n !== null && Math.abs(n) >= 5);
  if (!moved.length) return "";
  const each = moved.map(([n, c]) => `${name(c)} ${n > 0 ? "+" : ""}${peopleOf(n)}`);
  return `adults in long-term support: ${each.join(", ")}, estimated`;
}

function sayPreview(p, assignment, index, councils, lens, called) {
  const from = assignment[index], sizes = [`${p.council + 1} ${thousandsOf(p.residents[p.council])}`];
  if (from >= 0) sizes.push(`${from + 1} ${thousandsOf(p.residents[from])}`);
  return `If given to ${p.council + 1} ${councils[p.council][0]}: ${sizes.join(" / ")} residents · ${sayDifference(p.difference, lens, called).join(" · ")}`;
}

/** Why a block given to the council that has it stays. */
function sayUnmoved(name, council, councils) {
  if (councils.length < 2) return `${name} is in ${councils[0][0]}, the only council. Add a second council to begin.`;
  if (council < 0) return `${name} is in no council already.`;
  return `${name} is already in ${council + 1} ${councils[council][0]}. Choose another council to give it away.`;
}

const GOALS = {
  size: ["in evenness of size", "More even in size"],
  money: ["for money over five years", "Better for money over five years"],
  crossing: ["for keeping commuters together", "Keeps more commuters together"],
};

/** ['3rd', 'in evenness of size']; 'Last' where all are ahead, so that no place is beyond the splits it is among. */
function sayPlace(p, called) {
  const words = GOALS[p.measure][0] + (p.measure === "money" ? `, ${called}` : "");
  if (p.close && p.close !== "level with the middle option") return ["Too close to call", words];
  if (p.ahead && p.level + p.behind <= 0) return ["Last", words];
  return [`${p.level > 0 ? "Joint " : ""}${ordinal(p.ahead + 1)}`, words];
}

/** What else an offer was judged by, and what it does worse on though nobody judged it. */
function sayJudged({ kept, worse }) {
  const held = kept.length ? `, and no worse on ${listed(kept)}` : "";
  return held + (worse.length ? `. It makes worse: ${listed(worse)}` : "");
}

function sayOffer(offer, councils) {
  const name = (c) => (offer.councils.length ? offer.councils[c] : councils[c]?.[0] ?? "");
  if (offer.kind === "reset") {
    const told = offer.changes.length ? `: ${sayChanges(offer.changes, name)}` : "";
    return `Back to ${offer.title}${told}.`;
  }
  if (offer.kind === "open") {
    const told = offer.changes.length ? `: ${sayChanges(offer.changes, name)}` : "";
    return `Open ${offer.title} in place of your drawing${told}.`;
  }
  if (!offer.changes.length) return `Remove the empty council (${offer.title}).`;
  const better = offer.goal ? ` ${GOALS[offer.goal][1]}${sayJudged(offer)}.` : "";
  return `${sayChanges(offer.changes, name, 3)}.${better}`;
}
