// Names and council numbers inside their block where they fit at this zoom; an authority's that does not is led beside it.

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

const widest = (lines, font) => Math.max(...lines.map((l) => widthOf(l, font)));

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
    const { blocks, context, authorities } = this.view.geometry;
    const group = this.view.labels;
    group.replaceChildren();
    this.lines = svg("g", { class: "leaders" }, group);
    this.bare.clear();
    this.at = at;
    this.size = size;
    this.taken = size.kept.slice();
    const whole = this.crowded(at, size);
    // Own places before neighbours; what does not fit in its place is led to one beside it.
    const led = [];
    this.made = blocks.map((b) => {
      if (whole.has(b.authority)) return null;
      const badge = this.one(group, b, at, size);
      if (badge === undefined) led.push({ b, index: b.index });
      return badge ?? null;
    });
    this.groups = [...whole.values()].map((a) => {
      const badge = this.one(group, a, at, size);
      const held = { ...a, badge: badge ?? null };
      if (badge === undefined) led.push({ b: a, held });
      return held;
    });
    if (at.k <= size.fitK * 1.3) {
      for (const a of authorities) if (!whole.has(a.code)) led.push({ b: a, bare: true });
    }
    this.lead(group, led, at, size);
    for (const c of context) this.outside(group, c, at, size);
  }

  /** Names beside the area, each with a line to its place. */
  lead(group, led, at, size) {
    if (!led.length) return;
    const narrow = size.width < NARROW, px = narrow ? 11 : 12, font = `600 ${px}px ${this.family}`;
    const names = led.map(({ b, bare }) => {
      const badge = !bare && !narrow;
      const ways = narrow ? breaksOf(b.name).filter((l) => l.length < 3) : [[b.name]];
      const lines = ways.reduce((best, l) => (widest(l, font) < widest(best, font) - 16 ? l : best));
      const height = Math.max(badge ? 2 * BADGE : 0, lines.length * (px + 2)) + 2;
      return { lines, badge, height, width: widest(lines, font) + (badge ? 2 * BADGE + 4 : 0) + 4,
               place: [b.x * at.k + at.x, b.y * at.k + at.y], own: narrow ? new Land([b.rings], at, size) : null };
    });
    const land = new Land(this.view.geometry.blocks.map((b) => b.rings), at, size);
    leadersOf(names, this.taken, land, size).forEach((stand, i) => {
      if (!stand) return;
      const { place, lines, width, height, badge: numbered } = names[i], { box, end } = stand;
      const far = Math.hypot(end[0] - place[0], end[1] - place[1]);
      if (far > 3) {
        const d = `M${place[0].toFixed(1)} ${place[1].toFixed(1)}L${end[0].toFixed(1)} ${end[1].toFixed(1)}`;
        svg("path", { class: "leader-back", d }, this.lines);
        svg("path", { class: "leader", d }, this.lines);
        svg("circle", { class: "leader-dot", cx: place[0].toFixed(1), cy: place[1].toFixed(1), r: 2.6 }, this.lines);
      }
      // On a phone there is no room for a number beside the name: it stands in the place itself.
      const apart = !numbered && !led[i].bare && far > 8 ? this.numberAt(group, place) : null;
      const t = { lines, px, badge: numbered, beside: true, w: width - 4, h: height };
      const badge = this.put(group, t, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, "led");
      if (led[i].held) led[i].held.badge = badge ?? apart;
      else if (numbered || apart) this.made[led[i].index] = badge ?? apart;
    });
  }

  /** The number of a block, or of the authority that is named for its wards; none where there is no room for one. */
  badgeOf(index) {
    return this.made[index] ?? this.groups.find((a) => a.members.includes(index))?.badge ?? null;
  }

  /** A small number in a place whose name stands beside the area. */
  numberAt(group, [x, y]) {
    const badge = svg("g", { class: "badge small", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` }, group);
    svg("circle", { r: 8 }, badge);
    svg("text", { y: 4, "font-size": 11 }, badge);
    lockMark(badge, 8, -8);
    badge.spot = { x, y };
    return badge;
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
    const ledToo = !b.ward && sx > 0 && sy > 0 && sx < size.width && sy < size.height;
    if (extent < 12) return ledToo ? undefined : null;
    const sizes = b.ward ? [11] : [13, 11];
    const plain = b.ward || size.width < NARROW;
    const tries = extent < 24 ? [] : sizes.flatMap((px) => this.plans(b, px, plain));
    if (!ledToo) tries.push({ lines: [], badge: true, w: 2 * BADGE, h: 2 * BADGE, px: sizes[0], room: 2 });
    for (const t of tries) {
      for (const shift of [0, -9, 9, -18, 18, -30, 30]) {
        if (Math.abs(shift) > extent / 2) break;
        const cx = fitBox(b.rings, sx, middle + shift, t.w + t.room, t.h, at, size);
        if (cx !== null && this.free(cx, middle + shift, t)) return this.put(group, t, cx, middle + shift);
      }
    }
    return ledToo ? undefined : null;
  }

  /** True where nothing stands yet. */
  free(cx, cy, { w, h }) {
    const box = { x0: cx - w / 2, x1: cx + w / 2, y0: cy - h / 2, y1: cy + h / 2 };
    return !this.taken.some((t) => meet(box, t, 1));
  }

  /** Ways to write a name at a size, best first: with its number above, beside; where space is short also without. */
  plans(b, px, plain) {
    const font = `600 ${px}px ${this.family}`, line = px + 2, room = px > 11 ? 6 : 2;
    const names = [...breaksOf(b.name), ...(b.short && b.short !== b.name ? breaksOf(b.short) : [])];
    const bare = names.map((lines) => {
      return { lines, px, room, w: Math.max(...lines.map((l) => widthOf(l, font))), h: lines.length * line };
    });
    return [
      ...bare.map((p) => ({ ...p, badge: true, w: Math.max(p.w, 2 * BADGE), h: p.h + 2 * BADGE + 2 })),
      { ...bare[0], badge: true, beside: true, w: bare[0].w + 2 * BADGE + 4, h: 2 * BADGE },
      ...(plain ? bare : []),
    ];
  }

  put(group, t, cx, cy, kind = "") {
    this.taken.push({ x0: cx - t.w / 2, x1: cx + t.w / 2, y0: cy - t.h / 2, y1: cy + t.h / 2 });
    const g = svg("g", { class: `label ${kind}`.trim(), "font-size": t.px, transform: `translate(${cx.toFixed(1)} ${cy.toFixed(1)})` }, group);
    const line = t.px + 2;
    let top = -t.h / 2, badge = null;
    if (t.badge) {
      const place = t.beside ? `${(BADGE - t.w / 2).toFixed(1)} 0` : `0 ${(top + BADGE).toFixed(1)}`;
      badge = svg("g", { class: "badge", transform: `translate(${place})` }, g);
      badge.spot = { x: cx + (t.beside ? BADGE - t.w / 2 : 0), y: cy + (t.beside ? 0 : top + BADGE), beside: t.beside };
      svg("circle", { r: BADGE }, badge);
      svg("text", { y: 4 }, badge);
      lockMark(badge, BADGE, -BADGE);
      top = t.beside ? (-line * t.lines.length) / 2 : top + 2 * BADGE + 2;
    }
    const x = t.beside && t.badge ? BADGE + 2 : 0;
    if (!t.badge && kind) top = (-line * t.lines.length) / 2;
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
      if (cx === null || !this.free(cx, y, { w: w + 4, h })) continue;
      const g = svg("g", { class: "label outside-name", "font-size": 12, transform: `translate(${cx.toFixed(1)} ${y.toFixed(1)})` }, group);
      lines.forEach((text, i) => (svg("text", { class: "name", y: (-h / 2 + (i + 0.78) * 14).toFixed(1) }, g).textContent = text));
      return;
    }
  }

  /** Authorities named instead of their wards show a number while all their wards are in one council. */
  numberGroups(assignment, looks) {
    for (const a of this.groups ?? []) {
      if (!a.badge) continue;
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
