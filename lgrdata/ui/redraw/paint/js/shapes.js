// Geometry as sent by Python, and what is worked out from it once: rings, borders between blocks, neighbours.

const NUMBERS = /[MLHVZmlhvz]|-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/g;

/** Path data of M, L, H, V, Z in either case → rings, each a flat list x0, y0, x1, y1 … without a closing repeat. */
function ringsOf(path) {
  const tokens = path.match(NUMBERS) ?? [];
  const rings = [];
  let ring = null, command = "M", x = 0, y = 0, startX = 0, startY = 0, at = 0;
  const number = () => Number(tokens[at++]);
  while (at < tokens.length) {
    if (/[A-Za-z]/.test(tokens[at])) command = tokens[at++];
    const relative = command === command.toLowerCase();
    switch (command.toUpperCase()) {
      case "Z":
        [x, y] = [startX, startY];
        continue;
      case "H": x = number() + (relative ? x : 0); break;
      case "V": y = number() + (relative ? y : 0); break;
      default:
        x = number() + (relative ? x : 0);
        y = number() + (relative ? y : 0);
    }
    if (command === "M" || command === "m") {
      [startX, startY] = [x, y];
      rings.push((ring = []));
      command = relative ? "l" : "L";
    }
    ring.push(x, y);
  }
  for (const r of rings) {
    if (r.length > 4 && r[0] === r.at(-2) && r[1] === r.at(-1)) r.length -= 2;
  }
  return rings.filter((r) => r.length >= 6);
}

/** Where a horizontal line at y is inside the rings: sorted pairs of x (even–odd, so holes are left out). */
function chordsAt(rings, y) {
  const cuts = [];
  for (const r of rings) {
    let px = r[r.length - 2], py = r[r.length - 1];
    for (let i = 0; i < r.length; i += 2) {
      const qx = r[i], qy = r[i + 1];
      if (py > y !== qy > y) cuts.push(px + ((y - py) / (qy - py)) * (qx - px));
      px = qx;
      py = qy;
    }
  }
  return cuts.sort((a, b) => a - b);
}

function boundsOf(rings) {
  let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
  for (const r of rings) {
    for (let i = 0; i < r.length; i += 2) {
      if (r[i] < x0) x0 = r[i];
      if (r[i] > x1) x1 = r[i];
      if (r[i + 1] < y0) y0 = r[i + 1];
      if (r[i + 1] > y1) y1 = r[i + 1];
    }
  }
  return [x0, y0, x1, y1];
}

/** Borders of the blocks: [first, second, path data]; second is −1 where nothing of the area lies beyond. */
function bordersOf(blocks) {
  const points = new Map();
  const pointId = (x, y) => {
    const name = `${x} ${y}`;
    let id = points.get(name);
    if (id === undefined) points.set(name, (id = points.size));
    return id;
  };
  const owners = new Map();
  const walks = [];
  blocks.forEach((block, index) => {
    for (const r of block.rings) {
      const ids = [];
      for (let i = 0; i < r.length; i += 2) ids.push(pointId(r[i], r[i + 1]));
      const keys = ids.map((a, i) => {
        const b = ids[(i + 1) % ids.length];
        const key = a < b ? a * 0x4000000 + b : b * 0x4000000 + a;
        const have = owners.get(key);
        if (have) have.push(index);
        else owners.set(key, [index]);
        return key;
      });
      walks.push({ index, r, keys });
    }
  });
  const borders = new Map();
  for (const { index, r, keys } of walks) {
    let open = null, last = "";
    for (let i = 0; i < keys.length; i++) {
      const other = owners.get(keys[i]).find((o) => o !== index) ?? -1;
      const mine = other === -1 || index < other;
      if (!mine) {
        open = null;
        continue;
      }
      const name = `${index} ${other}`;
      const j = (2 * i + 2) % r.length;
      if (open === null || name !== last) {
        if (!borders.has(name)) borders.set(name, [index, other, ""]);
        open = borders.get(name);
        open[2] += `M${r[2 * i]} ${r[2 * i + 1]}L`;
        last = name;
      } else {
        open[2] += " ";
      }
      open[2] += `${r[j]} ${r[j + 1]}`;
    }
  }
  return [...borders.values()];
}

/** Divided authorities as shapes: their wards' rings together, labelled in the ward nearest their middle. */
function authoritiesOf(blocks) {
  const out = new Map();
  for (const b of blocks) {
    if (!b.ward || !b.authority) continue;
    if (!out.has(b.authority)) {
      out.set(b.authority, { code: b.authority, name: b.authorityName, short: "", ward: false, rings: [], members: [] });
    }
    out.get(b.authority).rings.push(...b.rings);
    out.get(b.authority).members.push(b.index);
  }
  for (const a of out.values()) {
    a.bounds = boundsOf(a.rings);
    const mx = (a.bounds[0] + a.bounds[2]) / 2, my = (a.bounds[1] + a.bounds[3]) / 2;
    const far = (i) => Math.hypot(blocks[i].x - mx, blocks[i].y - my);
    const middle = a.members.reduce((best, i) => (far(i) < far(best) ? i : best));
    [a.x, a.y] = [blocks[middle].x, blocks[middle].y];
  }
  return [...out.values()];
}

function readGeometry(text) {
  const raw = JSON.parse(text);
  const blocks = raw.blocks.map(([code, name, short, residents, kind, authority, authorityName, x, y, path], index) => {
    const rings = ringsOf(path);
    return { index, code, name, short, residents, ward: kind === "w", authority, authorityName, x, y, path, rings,
             bounds: boundsOf(rings), touches: new Set() };
  });
  const borders = bordersOf(blocks);
  for (const [a, b] of borders) {
    if (b < 0) continue;
    blocks[a].touches.add(b);
    blocks[b].touches.add(a);
  }
  const context = raw.context.map(([name, label, path]) => {
    const rings = ringsOf(path);
    return { name, path, rings, x: label?.[0], y: label?.[1] };
  });
  return { title: raw.title, authorities: authoritiesOf(blocks), view: raw.view, metres: raw.metres, blocks, borders, context,
           places: new Map(blocks.map((b) => [b.code, b.index])) };
}

/** The block an arrow key leads to from `from`: near and in that direction, a touching block before another. */
function blockTowards(blocks, from, dx, dy) {
  const here = blocks[from];
  let best = -1, least = Infinity;
  for (const b of blocks) {
    if (b.index === from) continue;
    const x = b.x - here.x, y = b.y - here.y;
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (along <= 0 || aside > along * 2.2) continue;
    const cost = (along + 1.6 * aside) * (here.touches.has(b.index) ? 0.6 : 1);
    if (cost < least) {
      least = cost;
      best = b.index;
    }
  }
  return best;
}
