// Mouse, pen and touch. Mouse and pen paint as they drag. One finger scrolls the page and a tap paints, unless the
// reader chose to draw with a finger; two fingers always move and zoom the map.

const TAP_SLOP = 10;

class Pointer {
  constructor(map) {
    this.map = map;
    this.node = map.view.svg;
    this.fingers = new Map();
    this.gesture = null;
    this.space = false;
    const on = (name, f, options) => this.node.addEventListener(name, f, { signal: map.signal, ...options });
    on("pointerdown", (e) => this.down(e));
    on("pointermove", (e) => this.move(e));
    on("pointerup", (e) => this.up(e));
    on("pointercancel", (e) => this.cancel(e));
    on("pointerleave", () => map.hover.over(-1));
    on("contextmenu", (e) => this.gesture && e.preventDefault());
    on("click", (e) => this.click(e));
    on("wheel", (e) => this.wheel(e), { passive: false });
    // Without this the browser takes a two-finger move for its own scroll and cancels the pointers.
    for (const name of ["touchstart", "touchmove"]) {
      on(name, (e) => (e.touches.length > 1 || this.gesture) && e.cancelable && e.preventDefault(), { passive: false });
    }
  }

  spot(e) {
    const box = this.node.getBoundingClientRect();
    return [e.clientX - box.left, e.clientY - box.top];
  }

  blockAt(clientX, clientY) {
    const node = this.node.getRootNode().elementFromPoint(clientX, clientY);
    return node?.classList?.contains("block") ? Number(node.dataset.index) : -1;
  }

  down(e) {
    const touch = e.pointerType === "touch", tool = this.map.tool;
    if (touch) {
      this.fingers.set(e.pointerId, [e.clientX, e.clientY]);
      if (this.fingers.size === 2) {
        if (this.gesture?.kind === "stroke") this.map.stroke.undo();
        this.gesture = { kind: "pinch", ...this.pinch() };
        return;
      }
      if (this.fingers.size > 2) return;
    }
    if (e.button === 1 || tool === "move" || this.space) {
      if (e.button > 1) return;
      e.preventDefault();
      this.gesture = { kind: "pan", x: e.clientX, y: e.clientY };
    } else if (e.button !== 0) {
      return;
    } else if (touch && tool !== "draw") {
      this.gesture = null;
      this.tap = { id: e.pointerId, x: e.clientX, y: e.clientY };
      return;
    } else {
      this.gesture = { kind: "stroke", x: e.clientX, y: e.clientY };
      this.map.hover.hide();
      const index = this.blockAt(e.clientX, e.clientY);
      this.map.focusBlock(index, false);
      this.map.stroke.begin();
      this.map.stroke.over(index);
    }
    this.node.setPointerCapture(e.pointerId);
    if (tool === "move" || this.space) this.node.classList.add("panning");
  }

  move(e) {
    if (this.fingers.has(e.pointerId)) this.fingers.set(e.pointerId, [e.clientX, e.clientY]);
    const g = this.gesture;
    if (!g) {
      if (e.pointerType !== "touch") this.map.hover.over(this.blockAt(e.clientX, e.clientY), this.spot(e));
      return;
    }
    if (g.kind === "pinch") {
      const now = this.pinch();
      const box = this.node.getBoundingClientRect();
      this.map.zoom.pan(now.x - g.x, now.y - g.y);
      if (g.span > 0) this.map.zoom.by(now.span / g.span, now.x - box.left, now.y - box.top);
      Object.assign(g, now);
    } else if (g.kind === "pan") {
      this.map.zoom.pan(e.clientX - g.x, e.clientY - g.y);
      [g.x, g.y] = [e.clientX, e.clientY];
    } else if (g.kind === "stroke") {
      // A quick hand skips over narrow blocks between two events.
      const far = Math.hypot(e.clientX - g.x, e.clientY - g.y), steps = Math.min(60, Math.ceil(far / 5));
      for (let i = 1; i <= steps; i++) {
        this.map.stroke.over(this.blockAt(g.x + ((e.clientX - g.x) * i) / steps, g.y + ((e.clientY - g.y) * i) / steps));
      }
      [g.x, g.y] = [e.clientX, e.clientY];
    }
  }

  up(e) {
    this.fingers.delete(e.pointerId);
    this.node.classList.remove("panning");
    const g = this.gesture;
    if (g?.kind === "stroke") this.map.stroke.end();
    if (g?.kind !== "pinch" || this.fingers.size === 0) this.gesture = null;
    if (this.tap?.id === e.pointerId) {
      const still = Math.hypot(e.clientX - this.tap.x, e.clientY - this.tap.y) < TAP_SLOP;
      this.tap = null;
      if (still && !g) this.map.paintOne(this.blockAt(e.clientX, e.clientY));
    }
  }

  cancel(e) {
    this.fingers.delete(e.pointerId);
    if (this.gesture?.kind === "stroke") this.map.stroke.undo();
    this.gesture = null;
    this.tap = null;
    this.node.classList.remove("panning");
  }

  /** A click no pointer made: a screen reader's or a voice command's. */
  click(e) {
    if (e.detail === 0 && e.target.classList.contains("block")) this.map.paintOne(Number(e.target.dataset.index));
  }

  wheel(e) {
    if (!e.ctrlKey && !e.metaKey) return this.map.panel.hint();
    e.preventDefault();
    const step = e.deltaMode === 1 ? e.deltaY * 16 : e.deltaY;
    this.map.zoom.by(Math.exp(-Math.max(-120, Math.min(120, step)) * 0.0035), ...this.spot(e));
  }

  pinch() {
    const [[ax, ay], [bx, by] = [ax, ay]] = [...this.fingers.values()];
    return { x: (ax + bx) / 2, y: (ay + by) / 2, span: Math.hypot(ax - bx, ay - by) };
  }
}
