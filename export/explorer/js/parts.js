// Small pieces of the page: elements, tables, figures in words as lgrdata/core/words.py has them.

const MINUS = "−";
const FORMATS = [0, 1, 2].map((n) => new Intl.NumberFormat("en-GB", { minimumFractionDigits: n, maximumFractionDigits: n }));

/** To the nearest whole number, halves to the even one, as Python rounds. */
const whole = (v) => (Math.abs(v % 1) === 0.5 ? 2 * Math.round(v / 2) : Math.round(v));

/** An element with attributes, text and children. */
export function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [k, v] of Object.entries(attributes)) if (v !== null) node.setAttribute(k, v);
  node.append(...children);
  return node;
}

/** Bring what stands in a box to what was made anew: only texts that differ are touched where the shape is the same. */
export function put(box, ...made) {
  const held = [...box.childNodes];
  if (held.length !== made.length || !held.every((n, i) => taken(n, made[i]))) box.replaceChildren(...made);
}

const tag = (node) => `${node.nodeName} ${[...(node.attributes ?? [])].map((a) => `${a.name}=${a.value}`).join(" ")}`;

function taken(old, made) {
  const within = [...old.childNodes];
  if (tag(old) !== tag(made) || within.length !== made.childNodes.length) return false;
  if (old.nodeType === Node.TEXT_NODE && old.data !== made.data) old.data = made.data;
  return within.every((n, i) => taken(n, made.childNodes[i]));
}

export function number(value, places = 0) {
  if (value === null || value === undefined) return "not known";
  const text = FORMATS[places].format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

export const counted = (n, one) => `${number(n)} ${one}${n === 1 ? "" : "s"}`;

export function people(value) {
  if (value === null || value === undefined) return "not known";
  if (Math.abs(value) < 1000) return number(value);
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
  return number(whole(value / step) * step);
}

export function millions(value, plus = false) {
  if (value === null || value === undefined) return "not known";
  if (Math.abs(value) < 5e-5) return "£0m";
  const size = Math.abs(whole(value)), text = `£${number(size)}m`;
  if (!size) return value < 0 ? "just below £0" : plus ? "just above £0" : "under £1m";
  return value < 0 ? MINUS + text : plus ? `+${text}` : text;
}

export const percent = (share) => (share === null || share === undefined ? "not known" : `${whole(share * 100)}%`);

export const pounds = (value, places = 0) => (value === null ? "not known" : number(value, places).replace(/^(−?)/, "$1£"));

/** A table: caption, headings, rows; the first cell of a row heads it, the others stand to the right. */
export function table(caption, head, rows, note = "") {
  const node = make("table", {}, make("caption", {}, caption));
  node.append(make("thead", {}, make("tr", {}, ...head.map((h, n) => (h ? make("th", { scope: "col", class: n ? "n" : null }, h) : make("td", {}))))));
  node.append(make("tbody", {}, ...rows.map(([first, ...rest]) =>
    make("tr", {}, make("th", { scope: "row" }, first), ...rest.map((text) => make("td", { class: "n" }, text))))));
  const box = make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption }, node);
  return note ? make("div", {}, box, make("p", { class: "note" }, note)) : box;
}
