// Where the map is: screen = world × k + (x, y).

const MAX_ZOOM = 24;
const NARROW = 480;

class Zoom {
  constructor(changed) {
    this.changed = changed;
    this.at = { k: 1, x: 0, y: 0 };
    this.fitK = 1;
    this.moved = false;
  }

  resize(width, height, view) {
    const before = this.moved ? this.centre() : null, ratio = this.at.k / this.fitK;
    this.width = width;
    this.height = height;
    this.view = view;
    // The tools stand over the map: at its right, or on a narrow screen at its foot. The whole area shows beside them.
    const narrow = width < NARROW, pad = 10;
    this.tools = narrow ? 3 : 52;
    this.toolsDepth = narrow ? 0 : 200;
    this.room = [width - pad - (narrow ? pad : this.tools), height - pad - (narrow ? 60 : pad)];
    // Where no name may stand: under the tools, and over the scale.
    this.kept = narrow
      ? [{ x0: 0, x1: width, y0: height - 52, y1: height }, { x0: 0, x1: width / 3 + 20, y0: 0, y1: 26 }]
      : [{ x0: width - this.tools, x1: width, y0: 0, y1: this.toolsDepth }, { x0: 0, x1: 170, y0: height - 30, y1: height }];
    this.fitK = Math.max(1e-9, Math.min((this.room[0] - pad) / view[2], (this.room[1] - pad) / view[3]));
    if (!before) return this.reset();
    this.at.k = this.fitK * ratio;
    this.at.x = width / 2 - before[0] * this.at.k;
    this.at.y = height / 2 - before[1] * this.at.k;
    this.settle(true);
  }

  centre() {
    return [(this.width / 2 - this.at.x) / this.at.k, (this.height / 2 - this.at.y) / this.at.k];
  }

  reset() {
    const [x, y, w, h] = this.view;
    const [right, foot] = this.room;
    this.at = { k: this.fitK, x: (right + 10) / 2 - (x + w / 2) * this.fitK, y: (foot + 10) / 2 - (y + h / 2) * this.fitK };
    this.moved = false;
    this.changed(true);
  }

  /** Show a part of the world, with as much again round it. */
  to(x0, y0, x1, y1) {
    const w = Math.max(x1 - x0, 1e-9), h = Math.max(y1 - y0, 1e-9);
    const wanted = Math.min(this.width / w, this.height / h) / 2.4;
    const k = Math.min(Math.max(wanted, this.fitK), this.fitK * 6);
    this.at = { k, x: this.width / 2 - ((x0 + x1) / 2) * k, y: this.height / 2 - ((y0 + y1) / 2) * k };
    this.settle(true);
  }

  by(factor, px = this.width / 2, py = this.height / 2) {
    const k = Math.min(Math.max(this.at.k * factor, this.fitK * 0.8), this.fitK * MAX_ZOOM);
    const f = k / this.at.k;
    this.at = { k, x: px - (px - this.at.x) * f, y: py - (py - this.at.y) * f };
    this.settle(true);
  }

  pan(dx, dy) {
    this.at = { ...this.at, x: this.at.x + dx, y: this.at.y + dy };
    this.settle(false);
  }

  /** Keep some of the map in sight. */
  settle(scaled) {
    const [x, y, w, h] = this.view, { k } = this.at, keep = 60;
    this.at.x = Math.min(Math.max(this.at.x, keep - (x + w) * k), this.width - keep - x * k);
    this.at.y = Math.min(Math.max(this.at.y, keep - (y + h) * k), this.height - keep - y * k);
    this.moved = true;
    this.changed(scaled);
  }

  /** Bring a world point into sight, for a block reached by key. */
  reveal(x, y) {
    const sx = x * this.at.k + this.at.x, sy = y * this.at.k + this.at.y, edge = 40;
    const dx = sx < edge ? edge - sx : sx > this.width - edge ? this.width - edge - sx : 0;
    const dy = sy < edge ? edge - sy : sy > this.height - edge ? this.height - edge - sy : 0;
    if (dx || dy) this.pan(dx, dy);
  }
}

/** The longest round length that fits in `room` pixels: { pixels, words }. */
function scaleBar(pixelsPerMetre, room) {
  const most = room / pixelsPerMetre;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((n) => n * power).find((m) => m <= most) ?? power;
  return { pixels: metres * pixelsPerMetre, words: metres >= 1000 ? `${metres / 1000} km` : `${metres} m` };
}
