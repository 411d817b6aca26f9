// The evidence bar: what a split comes to in the end, each side's figure at its end of one line, published figures on it.

/** Ends of the line: nought and both sides, with `pad` pixels for the words at either end. */
function scaleOf(values, width, pad) {
  const low = Math.min(0, ...values), high = Math.max(0, ...values), across = Math.max(high - low, 1);
  const room = across / Math.max(width - 2 * pad, 40);
  return [low - pad * room, high + pad * room];
}

/** Draws a document's bar into `parent`, `width` pixels wide; small on a phone. */
function drawEvidence(parent, doc, width, theme, small, family) {
  const size = small ? 11 : 12.5, line = small ? 31 : 36, names = line + size + 8;
  const side = Object.fromEntries(doc.costs.map((c) => [c.lens, c]));
  const ends = ["county", "district"].map((lens) => ({ lens, value: side[lens].money.recurring_net, called: side[lens].called.split(",")[0] }));
  ends.sort((a, b) => a.value - b.value);
  const broad = (words, weight = 400) => widthOf(words, `${weight} ${size}px ${family}`) + 1;
  const wide = Math.max(...ends.flatMap((e) => [broad(millions(e.value, true), 700), broad(e.called)])) + 6;
  const [low, high] = scaleOf(ends.map((e) => e.value), width, wide / 2);
  const x = (v) => ((Math.min(Math.max(v, low), high) - low) / (high - low)) * width;
  const told = small ? [] : doc.cases.slice(0, 2);
  const height = names + 6 + told.length * (size + 5);
  const node = svg("svg", { class: "evidence", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" }, parent);
  const text = (at, y, words, more = {}) => {
    const half = broad(words, more.class === "figure" ? 700 : 400) / 2;
    const n = svg("text", { x: Math.min(Math.max(at, half), width - half).toFixed(1), y, "font-size": size, ...more }, node);
    n.textContent = words;
    return n;
  };
  svg("path", { class: "axis", d: `M0 ${line}H${width}` }, node);
  const [a, b] = ends.map((e) => x(e.value));
  svg("path", { class: "reach", d: `M${a.toFixed(1)} ${line}H${b.toFixed(1)}` }, node);
  const zero = x(0), near = (at, gap) => ends.some((e) => Math.abs(x(e.value) - at) < gap);
  svg("path", { class: "nought", d: `M${zero.toFixed(1)} ${line - 12}V${line + 12}` }, node);
  if (!near(zero, (wide + broad("£0")) / 2)) text(zero, line - 17, "£0", { class: "quiet" });
  const half = x(side.middle.money.recurring_net);
  svg("path", { class: "half", d: `M${half.toFixed(1)} ${line - 7}V${line + 7}` }, node);
  // Words that would meet are moved apart, as far as the line's ends allow.
  let at = [a, b];
  if (b - a < wide) {
    const middle = Math.min(Math.max((a + b) / 2, wide - 3), width - wide + 3);
    at = [middle - wide / 2, middle + wide / 2];
  }
  // Halfway is named where both sides' names leave room.
  const [from, to] = at.map((v, i) => v + (i ? -1 : 1) * (broad(ends[i].called) / 2 + 8));
  const room = broad(side.middle.called) / 2;
  if (!side.middle.called.includes(",") && half - room > from && half + room < to) text(half, names, side.middle.called, { class: "quiet" });
  const looks = PALETTE.themes[theme].councils;
  ends.forEach((e, i) => {
    const r = small ? 5.5 : 6.5, style = `fill:${looks[e.lens === "county" ? 3 : 2].strong}`;
    // A square and a circle, as on every page.
    if (e.lens === "county") svg("rect", { class: "end", x: ([a, b][i] - r).toFixed(1), y: line - r, width: 2 * r, height: 2 * r, style }, node);
    else svg("circle", { class: "end", cx: [a, b][i].toFixed(1), cy: line, r, style }, node);
    text(at[i], line - (small ? 11 : 13), millions(e.value, true), { class: "figure" });
    text(at[i], names, e.called, { class: "quiet" });
  });
  for (const c of doc.cases) {
    const px = x(c.value), r = small ? 4 : 4.5;
    if (c.value < low || c.value > high) {
      const d = c.value > high ? 1 : -1, tip = d > 0 ? width - 1 : 1;
      svg("path", { class: "case", d: `M${tip} ${line}l${-8 * d} -5v10z` }, node);
    } else svg("path", { class: "case", d: `M${px.toFixed(1)} ${line - r - 1}l${r} ${r + 1}l${-r} ${r + 1}l${-r} ${-r - 1}z` }, node);
  }
  told.forEach((c, i) => {
    const words = `${c.value < low ? "← " : "◆ "}published, ${c.payer}: ${asPublished(c)}${c.value > high ? " →" : ""}`;
    text(x(c.value), names + (i + 1) * (size + 5), words, { class: "quiet" });
  });
  return node;
}
