// Names and council numbers that fit inside their block at this zoom; what does not fit is told by hover and focus.

const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();

function widthOf(text, font) {
  const name = font + text;
  if (!widths.has(name)) {
    ruler.font = font;
    widths.set(name, ruler.measureText(text).width);
  }
  return widths.get(name);
}

/** The ways to break a name into at most three lines, fewest lines first. */
function breaksOf(name) {
  const words = name.split(" ");
  const out = [[name]];
  for (let i = 1; i < words.length; i++) {
    out.push([words.slice(0, i).join(" "), words.slice(i).join(" ")]);
    for (let j = i + 1; j < words.length; j++) {
      out.push([words.slice(0, i).join(" "), words.slice(i, j).join(" "), words.slice(j).join(" ")]);
    }
  }
  return out.sort((a, b) => a.length - b.length);
}

/** Centre x for a box w × h (screen pixels) about screen height `cy`, inside the rings; null if it does not fit. */
function fitBox(rings, spot, cy, w, h, at) {
  let low = -Infinity, high = Infinity;
  for (const f of [-0.5, -0.17, 0.17, 0.5]) {
    const cuts = chordsAt(rings, (cy + f * h - at.y) / at.k);
    let found = false;
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      if (cuts[i] <= spot && spot <= cuts[i + 1]) {
        low = Math.max(low, cuts[i] * at.k + at.x);
        high = Math.min(high, cuts[i + 1] * at.k + at.x);
        found = true;
        break;
      }
    }
    if (!found) return null;
  }
  if (high - low < w) return null;
  const want = spot * at.k + at.x;
  return Math.min(Math.max(want, low + w / 2), high - w / 2);
}

const BADGE = 9;

class Labels {
  constructor(view, family) {
    this.view = view;
    this.family = family;
    this.made = [];
    this.bare = new Map();
    this.at = null;
  }

  /** Lay out every label for the transform `at`; a change of council only calls `number`. */
  layout(at, size) {
    const { blocks, context } = this.view.geometry;
    const group = this.view.labels;
    group.replaceChildren();
    this.bare.clear();
    this.at = at;
    this.made = blocks.map((b) => this.one(group, b, at, size));
    for (const c of context) this.outside(group, c, at, size);
  }

  one(group, b, at, { width, height }) {
    const sx = b.x * at.k + at.x, sy = b.y * at.k + at.y;
    if (sx < -60 || sy < -40 || sx > width + 60 || sy > height + 40) return null;
    const extent = Math.min(b.bounds[2] - b.bounds[0], b.bounds[3] - b.bounds[1]) * at.k;
    if (extent < 12) return null;
    const px = b.ward ? 11 : 13, line = px + 2;
    const font = `600 ${px}px ${this.family}`;
    const names = extent < 24 ? [] : [...breaksOf(b.name), ...(b.short && b.short !== b.name ? breaksOf(b.short) : [])];
    const plans = names.map((lines) => ({ lines, w: Math.max(...lines.map((l) => widthOf(l, font))), h: lines.length * line }));
    // Prefer a name with its number, then a name alone only for wards (whose number may sit in the next ward), then the number.
    const tries = [
      ...plans.map((p) => ({ ...p, badge: true, w: Math.max(p.w, 2 * BADGE), h: p.h + 2 * BADGE + 2 })),
      ...(b.ward ? plans : []),
      { lines: [], badge: true, w: 2 * BADGE, h: 2 * BADGE },
    ];
    for (const t of tries) {
      for (const shift of [0, -0.25, 0.25, -0.5, 0.5]) {
        const cy = sy + shift * t.h;
        const cx = fitBox(b.rings, b.x, cy, t.w + 6, t.h + 2, at);
        if (cx !== null) return this.put(group, b, t, cx, cy, line);
      }
    }
    return null;
  }

  put(group, b, t, cx, cy, line) {
    const g = svg("g", { class: b.ward ? "label ward" : "label", transform: `translate(${cx.toFixed(1)} ${cy.toFixed(1)})` }, group);
    let top = -t.h / 2, badge = null;
    if (t.badge) {
      badge = svg("g", { class: "badge", transform: `translate(0 ${(top + BADGE).toFixed(1)})` }, g);
      svg("circle", { r: BADGE }, badge);
      svg("text", { y: 4 }, badge);
      lockMark(badge, BADGE, -BADGE);
      top += 2 * BADGE + 2;
    }
    t.lines.forEach((text, i) => {
      svg("text", { y: (top + (i + 0.78) * line).toFixed(1) }, g).textContent = text;
    });
    return badge;
  }

  outside(group, c, at, { width, height }) {
    if (c.x === undefined) return;
    const font = `400 12px ${this.family}`;
    const y = c.y * at.k + at.y;
    for (const lines of breaksOf(c.name)) {
      const w = Math.max(...lines.map((l) => widthOf(l, font))), h = lines.length * 14;
      const cx = fitBox(c.rings, c.x, y, w + 10, h + 4, at);
      if (cx === null || cx - w / 2 < 4 || cx + w / 2 > width - 4 || y - h / 2 < 4 || y + h / 2 > height - 4) continue;
      const g = svg("g", { class: "label outside-name", transform: `translate(${cx.toFixed(1)} ${y.toFixed(1)})` }, group);
      lines.forEach((text, i) => (svg("text", { y: (-h / 2 + (i + 0.78) * 14).toFixed(1) }, g).textContent = text));
      return;
    }
  }

  /** Number and colour of one block's badge, and its lock. */
  number(index, council, look, locked) {
    const badge = this.made[index] ?? (locked || this.bare.has(index) ? this.lockOnly(index) : null);
    if (!badge) return;
    badge.classList.toggle("locked", locked);
    badge.classList.toggle("nobody", council < 0);
    const [circle, text] = badge.children;
    if (!text) return;
    circle.style.fill = look?.strong ?? "";
    text.style.fill = look?.on_strong ?? "";
    text.textContent = council < 0 ? "–" : String(council + 1);
  }

  /** A lock for a block too small for a number. */
  lockOnly(index) {
    if (!this.bare.has(index)) {
      const b = this.view.geometry.blocks[index], at = this.at;
      const place = `translate(${b.x * at.k + at.x} ${b.y * at.k + at.y})`;
      const g = svg("g", { class: "badge", transform: place }, this.view.labels);
      lockMark(g, 0, -8);
      this.bare.set(index, g);
    }
    return this.bare.get(index);
  }
}

function lockMark(parent, x, y) {
  const g = svg("g", { class: "lock", transform: `translate(${x} ${y})` }, parent);
  svg("circle", { r: 7 }, g);
  svg("path", { d: "M-2.2 -0.8V-2a2.2 2.2 0 0 1 4.4 0V-0.8M-3.4 -0.8H3.4V3.6H-3.4Z" }, g);
}
