// The SVG itself: made once for a geometry, then only told which blocks changed.

const SVG = "http://www.w3.org/2000/svg";

function svg(name, attributes = {}, parent = null) {
  const node = document.createElementNS(SVG, name);
  for (const [k, v] of Object.entries(attributes)) node.setAttribute(k, v);
  parent?.append(node);
  return node;
}

function html(name, attributes = {}, parent = null, text = "") {
  const node = document.createElement(name);
  for (const [k, v] of Object.entries(attributes)) node.setAttribute(k, v);
  if (text) node.textContent = text;
  parent?.append(node);
  return node;
}

/** Other words in an element; the same ones again cost no new line of text. */
function tell(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

/** Pattern `{prefix}{index}` for a colour of the palette; index "nobody" for blocks no council has. */
function addPattern(parent, prefix, index, theme) {
  const ground = PALETTE.themes[theme].ground;
  const council = PALETTE.themes[theme].councils[index];
  const fill = council?.fill ?? ground.nobody, hatch = council?.hatch ?? ground.nobody_hatch;
  const marks = council ? PALETTE.patterns[index] : [["dot", [6, 6, 1.2]]];
  const t = PALETTE.tile;
  const pattern = svg("pattern", { id: prefix + index, width: t, height: t, patternUnits: "userSpaceOnUse" }, parent);
  svg("rect", { width: t, height: t, fill }, pattern);
  for (const [kind, n] of marks) {
    if (kind === "line") {
      svg("path", { d: `M${n[0]} ${n[1]}L${n[2]} ${n[3]}`, stroke: hatch, "stroke-width": PALETTE.stroke }, pattern);
    } else {
      svg("circle", { cx: n[0], cy: n[1], r: n[2], fill: hatch }, pattern);
    }
  }
  return pattern;
}

class View {
  constructor(frame) {
    this.frame = frame;
    this.svg = svg("svg", { class: "map", focusable: "false" }, frame);
    this.patterns = [];
  }

  /** Draw everything that painting does not change. */
  draw(geometry, theme) {
    this.geometry = geometry;
    this.svg.replaceChildren();
    const defs = svg("defs", {}, this.svg);
    this.patterns = [0, 1, 2, 3, 4, 5, 6, 7, "nobody"].map((i) => addPattern(defs, "fill-", i, theme));
    this.world = svg("g", { class: "world" }, this.svg);
    const around = svg("g", { class: "context", "aria-hidden": "true" }, this.world);
    for (const c of geometry.context) svg("path", { d: c.path, class: "outside" }, around);
    const group = svg("g", { class: "blocks" }, this.world);
    this.nodes = geometry.blocks.map((b) => {
      const node = svg("path", { d: b.path, class: "block", role: "button", tabindex: "-1", "fill-rule": "evenodd" }, group);
      node.dataset.index = b.index;
      return node;
    });
    const over = svg("g", { class: "over", "aria-hidden": "true" }, this.world);
    this.coast = svg("path", { class: "coast" }, over);
    this.coast.setAttribute("d", geometry.borders.filter((b) => b[1] < 0).map((b) => b[2]).join(""));
    this.authorityLine = svg("path", { class: "authority-line" }, over);
    const authorityOf = (i) => geometry.blocks[i].authority || geometry.blocks[i].code;
    const wardsMeet = ([a, b]) => b >= 0 && (geometry.blocks[a].ward || geometry.blocks[b].ward);
    const apart = geometry.borders.filter((b) => wardsMeet(b) && authorityOf(b[0]) !== authorityOf(b[1]));
    this.authorityLine.setAttribute("d", apart.map((b) => b[2]).join(""));
    this.councilLine = svg("path", { class: "council-line" }, over);
    this.ghosts = svg("g", { class: "ghosts" }, over);
    this.pointBack = svg("path", { class: "focus-back" }, over);
    this.pointFront = svg("path", { class: "shown-line" }, over);
    this.hover = svg("path", { class: "hover-line" }, over);
    this.focusBack = svg("path", { class: "focus-back" }, over);
    this.focusFront = svg("path", { class: "focus-front" }, over);
    this.labels = svg("g", { class: "labels", "aria-hidden": "true" }, this.svg);
    this.shown = new Array(geometry.blocks.length).fill(undefined);
  }

  place({ k, x, y }) {
    this.world.setAttribute("transform", `translate(${x} ${y}) scale(${k})`);
    for (const p of this.patterns) p.setAttribute("patternTransform", `scale(${1 / k})`);
  }

  /** Colour the blocks that differ from what is shown; returns their positions. */
  paint(assignment, colours) {
    const changed = [];
    for (let i = 0; i < assignment.length; i++) {
      const c = assignment[i];
      const fill = c < 0 ? "nobody" : colours[c] % 8;
      if (this.shown[i] === fill) continue;
      this.shown[i] = fill;
      this.nodes[i].setAttribute("fill", `url(#fill-${fill})`);
      changed.push(i);
    }
    return changed;
  }

  /** Thick lines where two councils meet; also asked for when councils of one colour differ. */
  outline(assignment) {
    let d = "";
    for (const [a, b, path] of this.geometry.borders) if (b >= 0 && assignment[a] !== assignment[b]) d += path;
    this.councilLine.setAttribute("d", d);
  }

  /** Outline blocks that a warning is about. */
  point(indices) {
    const d = indices.map((i) => this.geometry.blocks[i].path).join("");
    this.pointBack.setAttribute("d", d);
    this.pointFront.setAttribute("d", d);
  }

  mark(index) {
    this.hover.setAttribute("d", index < 0 ? "" : this.geometry.blocks[index].path);
  }

  /** The block in hand: a strong ring for the keyboard's focus, else a plain line. */
  markFocus(index, ring) {
    const d = index < 0 ? "" : this.geometry.blocks[index].path;
    this.focusBack.setAttribute("d", d);
    this.focusFront.setAttribute("d", ring ? d : "");
    this.focusBack.classList.toggle("quiet", !ring);
  }
}
