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

/** Spans of screen x inside the rings at screen height y. Wards of one authority lie side by side: theirs are one. */
function spansAt(rings, y, at) {
  const cuts = chordsAt(rings, (y - at.y) / at.k);
  const out = [];
  for (let i = 0; i + 1 < cuts.length; i += 2) {
    const from = cuts[i] * at.k + at.x, to = cuts[i + 1] * at.k + at.x;
    if (out.length && from - out.at(-1)[1] < 0.01) out.at(-1)[1] = to;
    else out.push([from, to]);
  }
  return out;
}

/** Centre x nearest to `want` for a box w × h about screen height `cy`, wholly inside the rings; null if none. */
function fitBox(rings, want, cy, w, h, at, room) {
  if (cy - h / 2 < 3 || cy + h / 2 > room.height - 3) return null;
  let spans = [[3, cy - h / 2 < room.toolsDepth ? room.width - room.tools : room.width - 3]];
  for (const f of [-0.5, -0.17, 0.17, 0.5]) {
    const row = spansAt(rings, cy + f * h, at);
    spans = spans.flatMap(([a, b]) => row.map(([c, d]) => [Math.max(a, c), Math.min(b, d)])).filter(([a, b]) => b - a >= w);
    if (!spans.length) return null;
  }
  const centres = spans.map(([a, b]) => Math.min(Math.max(want, a + w / 2), b - w / 2));
  return centres.reduce((best, x) => (Math.abs(x - want) < Math.abs(best - want) ? x : best));
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
    const whole = this.crowded(at, size);
    this.made = blocks.map((b) => (whole.has(b.authority) ? null : this.one(group, b, at, size)));
    this.groups = [...whole.values()].map((a) => this.one(group, a, at, size) && { ...a, badge: group.lastChild.firstChild });
    for (const c of context) this.outside(group, c, at, size);
  }

  /** Authorities whose wards are too small to name at this zoom: code → a stand-in block for the whole. */
  crowded(at, size) {
    const out = new Map();
    for (const a of this.view.geometry.authorities) {
      const wards = a.members.map((i) => this.view.geometry.blocks[i]);
      const small = wards.filter((b) => (b.bounds[2] - b.bounds[0]) * at.k < 60).length;
      if (small > wards.length / 2) out.set(a.code, a);
    }
    return out;
  }

  one(group, b, at, size) {
    const sx = b.x * at.k + at.x, sy = b.y * at.k + at.y;
    const [left, top, right, bottom] = b.bounds.map((n, i) => n * at.k + (i % 2 ? at.y : at.x));
    if (right < 0 || bottom < 0 || left > size.width || top > size.height) return null;
    // Zoomed in, a name goes to the part of its block that is in sight.
    const base = Math.min(Math.max(sy, Math.max(top, 0) + 24), Math.min(bottom, size.height) - 24);
    const middle = sy > 20 && sy < size.height - 20 ? sy : base;
    const extent = Math.min(b.bounds[2] - b.bounds[0], b.bounds[3] - b.bounds[1]) * at.k;
    if (extent < 12) return null;
    const sizes = b.ward ? [11] : [13, 11];
    const tries = extent < 24 ? [] : sizes.flatMap((px) => this.plans(b, px));
    tries.push({ lines: [], badge: true, w: 2 * BADGE, h: 2 * BADGE, px: sizes[0], room: 2 });
    for (const t of tries) {
      for (const shift of [0, -9, 9, -18, 18, -30, 30]) {
        if (Math.abs(shift) > extent / 2) break;
        const cx = fitBox(b.rings, sx, middle + shift, t.w + t.room, t.h, at, size);
        if (cx !== null) return this.put(group, t, cx, middle + shift);
      }
    }
    return null;
  }

  /** Ways to write a name at a size, best first: with its number above, beside; a ward also without. */
  plans(b, px) {
    const font = `600 ${px}px ${this.family}`, line = px + 2, room = px > 11 ? 6 : 2;
    const names = [...breaksOf(b.name), ...(b.short && b.short !== b.name ? breaksOf(b.short) : [])];
    const bare = names.map((lines) => {
      return { lines, px, room, w: Math.max(...lines.map((l) => widthOf(l, font))), h: lines.length * line };
    });
    return [
      ...bare.map((p) => ({ ...p, badge: true, w: Math.max(p.w, 2 * BADGE), h: p.h + 2 * BADGE + 2 })),
      { ...bare[0], badge: true, beside: true, w: bare[0].w + 2 * BADGE + 4, h: 2 * BADGE },
      ...(b.ward ? bare : []),
    ];
  }

  put(group, t, cx, cy) {
    const g = svg("g", { class: "label", "font-size": t.px, transform: `translate(${cx.toFixed(1)} ${cy.toFixed(1)})` }, group);
    const line = t.px + 2;
    let top = -t.h / 2, badge = null;
    if (t.badge) {
      const place = t.beside ? `${(BADGE - t.w / 2).toFixed(1)} 0` : `0 ${(top + BADGE).toFixed(1)}`;
      badge = svg("g", { class: "badge", transform: `translate(${place})` }, g);
      svg("circle", { r: BADGE }, badge);
      svg("text", { y: 4 }, badge);
      lockMark(badge, BADGE, -BADGE);
      top = t.beside ? -line / 2 : top + 2 * BADGE + 2;
    }
    const x = t.beside ? BADGE + 2 : 0;
    t.lines.forEach((text, i) => {
      svg("text", { class: "name", x, y: (top + (i + 0.78) * line).toFixed(1) }, g).textContent = text;
    });
    return badge;
  }

  outside(group, c, at, size) {
    if (c.x === undefined) return;
    const font = `400 12px ${this.family}`;
    const y = c.y * at.k + at.y;
    for (const lines of breaksOf(c.name)) {
      const w = Math.max(...lines.map((l) => widthOf(l, font))), h = lines.length * 14;
      const cx = fitBox(c.rings, c.x * at.k + at.x, y, w + 10, h + 4, at, size);
      if (cx === null) continue;
      const g = svg("g", { class: "label outside-name", "font-size": 12, transform: `translate(${cx.toFixed(1)} ${y.toFixed(1)})` }, group);
      lines.forEach((text, i) => (svg("text", { class: "name", y: (-h / 2 + (i + 0.78) * 14).toFixed(1) }, g).textContent = text));
      return;
    }
  }

  /** Authorities named instead of their wards show a number while all their wards are in one council. */
  numberGroups(assignment, looks) {
    for (const a of this.groups ?? []) {
      if (!a) continue;
      const council = assignment[a.members[0]];
      const one = council >= 0 && a.members.every((i) => assignment[i] === council);
      a.badge.style.display = one ? "" : "none";
      if (!one) continue;
      const [circle, text] = a.badge.children;
      circle.style.fill = looks[council].strong;
      text.style.fill = looks[council].on_strong;
      text.textContent = String(council + 1);
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
