// Where names stand that do not fit in their place: beside the area, each with a line to its place.

const GAP = 3;
/** What a pixel of a line on land costs: the shortest way off it crosses the fewest other places. */
const ON_LAND = 2.5;

const meet = (a, b, gap = 0) => a.x0 < b.x1 + gap && b.x0 < a.x1 + gap && a.y0 < b.y1 + gap && b.y0 < a.y1 + gap;

function cross(p, q, r, s) {
  const side = (a, b, c) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  return side(p, q, r) !== side(p, q, s) && side(r, s, p) !== side(r, s, q);
}

/** True where the line p–q touches a box. */
function strikes(p, q, box) {
  const inside = ([x, y]) => x > box.x0 && x < box.x1 && y > box.y0 && y < box.y1;
  const corners = [[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]];
  return inside(p) || inside(q) || cross(p, q, corners[0], corners[2]) || cross(p, q, corners[1], corners[3]);
}

/** Cells of the frame that the area's own land covers, to keep names off it. */
class Land {
  constructor(rings, at, size, cell = 6) {
    this.cell = cell;
    this.columns = Math.ceil(size.width / cell);
    this.rows = [];
    for (let y = cell / 2; y < size.height; y += cell) {
      const row = new Uint16Array(this.columns + 1);
      const covered = new Uint8Array(this.columns);
      for (const own of rings) {
        for (const [a, b] of spansAt(own, y, at)) {
          const from = Math.max(0, Math.floor(a / cell)), to = Math.min(this.columns - 1, Math.floor(b / cell));
          for (let i = from; i <= to; i++) covered[i] = 1;
        }
      }
      for (let i = 0; i < this.columns; i++) row[i + 1] = row[i] + covered[i];
      this.rows.push(row);
    }
  }

  /** The part of a box that lies on land, 0 to 1. */
  under(box) {
    const clip = (n) => Math.min(this.columns, Math.max(0, n));
    const from = clip(Math.floor(box.x0 / this.cell)), to = clip(Math.ceil(box.x1 / this.cell));
    let sum = 0, cells = 0;
    for (let y = Math.max(0, Math.floor(box.y0 / this.cell)); y < Math.min(this.rows.length, box.y1 / this.cell); y++) {
      sum += this.rows[y][to] - this.rows[y][from];
      cells += to - from;
    }
    return cells ? sum / cells : 0;
  }
}

/** Pixels of the line p–q that lie on the area's land. */
function overLand(land, p, q) {
  const far = Math.hypot(q[0] - p[0], q[1] - p[1]), steps = Math.ceil(far / land.cell);
  let on = 0;
  for (let i = 1; i <= steps; i++) {
    const row = land.rows[Math.floor((p[1] + ((q[1] - p[1]) * i) / steps) / land.cell)];
    const column = Math.floor((p[0] + ((q[0] - p[0]) * i) / steps) / land.cell);
    if (row && column >= 0 && column < land.columns) on += row[column + 1] - row[column];
  }
  return steps ? (on * far) / steps : 0;
}

/** On a narrow map the scale stands in the upper corner that has less land, the left one where alike: true for the right. */
function scaleCorner(blocks, size) {
  if (size.width >= NARROW) return false;
  const broad = size.width / 3 + 20, land = new Land(blocks.map((b) => b.rings), size.at, size);
  const [left, right] = [0, size.width - broad].map((x0) => ({ x0, x1: x0 + broad, y0: 0, y1: 26 }));
  const other = land.under(right) < land.under(left);
  size.kept[1] = other ? right : left;
  return other;
}

/** Every box a name may stand in, nearest first: on rings round its place, wholly in the frame, off what is taken. */
function standsOf(place, width, height, size, taken) {
  const out = [];
  const add = (x, y) => {
    const box = { x0: x - width / 2, x1: x + width / 2, y0: y - height / 2, y1: y + height / 2 };
    if (box.x0 < GAP || box.y0 < GAP || box.x1 > size.width - GAP || box.y1 > size.height - GAP) return;
    if (taken.some((t) => meet(box, t, GAP))) return;
    // The line ends at the box's edge, where it points to the middle.
    const end = [Math.min(Math.max(place[0], box.x0), box.x1), Math.min(Math.max(place[1], box.y0), box.y1)];
    out.push({ box, end, far: Math.hypot(end[0] - place[0], end[1] - place[1]) });
  };
  for (const y of [0, -5, 5, -10, 10]) for (const x of [0, -8, 8, -16, 16]) add(place[0] + x, place[1] + Math.max(-height / 2, Math.min(height / 2, y)));
  for (let far = 14; far < Math.hypot(size.width, size.height); far += far < 90 ? 8 : 16) {
    const turns = far < 60 ? 24 : 48;
    for (let i = 0; i < turns; i++) {
      const turn = (2 * Math.PI * i) / turns;
      add(place[0] + Math.cos(turn) * (far + width / 2), place[1] + Math.sin(turn) * (far + height / 2));
    }
  }
  return out;
}

/**
 * A stand for each name: { place: [x, y], width, height } → { box, end } or null.
 * `taken` are boxes that stand already. The same input gives the same stands. Short lines off the land that cross nothing
 * are sought; that no two boxes meet and none leaves the frame is kept in any case.
 */
function leadersOf(names, taken, land, size) {
  const wanted = names.map((n) => {
    const stands = standsOf(n.place, n.width, n.height, size, taken);
    for (const s of stands) {
      // Over its own place a name needs no line, however far it reaches beyond.
      s.base = s.far === 0 ? 20 + 90 * (1 - (n.own?.under(s.box) ?? -2)) : 12 + 1.3 * s.far + ON_LAND * overLand(land, n.place, s.end) + 600 * land.under(s.box);
      for (const t of taken) if (strikes(n.place, s.end, t)) s.base += 70;
    }
    return stands.sort((a, b) => a.base - b.base);
  });
  const held = names.map(() => null);
  const costOf = (i, s) => {
    let cost = s.base;
    names.forEach((other, j) => {
      const o = held[j];
      const dot = { x0: other.place[0] - 4, x1: other.place[0] + 4, y0: other.place[1] - 4, y1: other.place[1] + 4 };
      if (j === i) return;
      if (meet(s.box, dot)) cost += 90;
      if (!o) return;
      if (cross(names[i].place, s.end, other.place, o.end)) cost += 120;
      if (strikes(names[i].place, s.end, o.box) || strikes(other.place, o.end, s.box)) cost += 120;
    });
    return cost;
  };
  const seat = (i) => {
    let best = null, least = Infinity;
    for (const s of wanted[i]) {
      if (s.base >= least) break;
      if (held.some((o, j) => j !== i && o && meet(s.box, o.box, GAP))) continue;
      const cost = costOf(i, s);
      if (cost < least) [best, least] = [s, cost];
    }
    held[i] = best;
  };
  // Those with the least choice first; then each once more, knowing where the others stand.
  const order = names.map((_, i) => i).sort((a, b) => (wanted[b][0]?.base ?? 0) - (wanted[a][0]?.base ?? 0) || a - b);
  for (let round = 0; round < 3; round++) for (const i of order) seat(i);
  return held;
}
