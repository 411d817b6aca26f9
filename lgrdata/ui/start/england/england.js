// England with its areas as links: one tab stop, arrows go to the nearest area that way, Enter chooses.
// Each area is an ordinary link to its own address, so that a new tab, a bookmark or a lost server still work.
const NS = "http://www.w3.org/2000/svg";
const PATTERNS = {
  decided: "",
  awaiting: '<path d="M-3 3 3 -3M0 12 12 0M9 15 15 9"/>',
  unknown: '<circle cx="3" cy="3" r="1.7"/><circle cx="9" cy="9" r="1.7"/>',
};
const mark = (stage) => PATTERNS[stage] ?? "";
const maps = new WeakMap();

function make(name, attributes, parent, text) {
  const svg = ["svg", "g", "path", "a", "text", "defs", "pattern", "rect", "title"].includes(name);
  const node = svg ? document.createElementNS(NS, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  parent?.append(node);
  return node;
}

class England {
  constructor(parent, data) {
    this.root = make("div", { class: "england" }, parent);
    this.frame = make("div", { class: "frame" }, this.root);
    this.draw(data);
    this.tip = make("div", { class: "tip", role: "presentation", hidden: "" }, this.frame);
    this.current = 0;
    this.svg.addEventListener("keydown", (event) => this.key(event));
    // Whole in the window under the line of choosers, however high the window is.
    this.frame.style.maxWidth = `min(680px, max(300px, calc((100dvh - 215px) * ${(this.box[2] / this.box[3]).toFixed(4)})))`;
    this.watch = new ResizeObserver(() => this.fit());
    this.watch.observe(this.frame);
  }

  draw(data) {
    const [x, y, w, h] = data.box;
    const pad = 12;
    this.box = [x - pad, y - pad, w + 2 * pad, h + 2 * pad];
    this.svg = make("svg", { viewBox: this.box.join(" "), role: "group", "aria-label": data.label, "aria-describedby": "keys" }, this.frame);
    const defs = make("defs", {}, this.svg);
    this.patterns = Object.keys(PATTERNS).map((stage) => {
      const pattern = make("pattern", { id: `stage-${stage}`, width: 12, height: 12, patternUnits: "userSpaceOnUse", class: stage }, defs);
      pattern.innerHTML = `<rect width="12" height="12"/>${PATTERNS[stage]}`;
      return pattern;
    });
    make("path", { d: data.rest, class: "rest" }, this.svg);
    const group = make("g", {}, this.svg);
    this.links = data.areas.map(([id, path, cx, cy, name, short, stage, said], n) => {
      const link = make("a", { href: `?area=${encodeURIComponent(id)}`, tabindex: n ? -1 : 0, "aria-label": `${name}: ${said}`, class: `area ${stage}` }, group);
      make("path", { d: path, fill: `url(#stage-${stage})`, "fill-rule": "evenodd" }, link);
      Object.assign(link, { area: { id, cx, cy, name, short, said, n } });
      link.addEventListener("click", (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
        event.preventDefault();
        this.send(id);
      });
      link.addEventListener("pointerenter", () => this.show(link));
      link.addEventListener("pointerleave", () => this.hide());
      link.addEventListener("focus", () => { this.rove(n); this.show(link); });
      link.addEventListener("blur", () => this.hide());
      return link;
    });
    this.over = make("g", { class: "over", "aria-hidden": "true" }, this.svg);
    this.ring = make("path", { class: "chosen" }, this.over);
    this.focusBack = make("path", { class: "focus-back" }, this.over);
    this.focusFront = make("path", { class: "focus-front" }, this.over);
    this.labels = make("g", { class: "labels", "aria-hidden": "true" }, this.svg);
    this.key_ = make("ul", { class: "key", "aria-label": data.key_label }, this.frame);
    for (const [stage, words] of data.stages) {
      const item = make("li", {}, this.key_);
      item.innerHTML = `<svg width="30" height="20" aria-hidden="true"><rect class="swatch" x=".5" y=".5" width="29" height="19" fill="url(#key-${stage})"/><defs><pattern id="key-${stage}" class="${stage}" width="12" height="12" patternUnits="userSpaceOnUse"><rect width="12" height="12"/>${mark(stage)}</pattern></defs></svg>`;
      make("span", {}, item, words);
    }
    make("p", { class: "keys", id: "keys" }, this.root, data.help);
  }

  update(data, send) {
    this.send = send;
    this.root.classList.toggle("dark", this.isDark());
    const chosen = this.links.find((link) => link.area.id === data.chosen);
    this.ring.setAttribute("d", chosen ? chosen.firstChild.getAttribute("d") : "");
    for (const link of this.links) link.toggleAttribute("aria-current", link === chosen);
    if (chosen) chosen.setAttribute("aria-current", "true");
    if (chosen && !this.links.includes(this.root.getRootNode().activeElement)) this.rove(chosen.area.n);
    this.fit();
  }

  isDark() {
    const host = this.root.getRootNode().host ?? this.root;
    const rgb = getComputedStyle(host).color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0];
    return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2] > 140;
  }

  /** Patterns keep their size on the screen; names stand where they fit without touching. */
  fit() {
    const width = this.frame.clientWidth;
    if (!width) return;
    this.scale = this.box[2] / width;
    for (const pattern of this.patterns) pattern.setAttribute("patternTransform", `scale(${this.scale})`);
    this.labels.replaceChildren();
    if (width < 380) return;
    const size = Math.min(13, Math.max(10.5, width / 46));
    const taken = [];
    for (const { area } of [...this.links].sort((a, b) => a.area.short.length - b.area.short.length)) {
      const text = make("text", { x: area.cx, y: area.cy, "font-size": size * this.scale }, this.labels, area.short);
      const box = text.getBBox();
      let free = false;
      for (const dy of [0, -0.9, 0.9, -1.6, 1.6]) {
        const moved = { x: box.x, y: box.y + dy * box.height, w: box.width, h: box.height };
        free = !taken.some((t) => moved.x < t.x + t.w && t.x < moved.x + moved.w && moved.y < t.y + t.h && t.y < moved.y + moved.h);
        if (free) {
          taken.push(moved);
          text.setAttribute("y", area.cy + dy * box.height);
          break;
        }
      }
      if (!free) text.remove();
    }
  }

  show(link) {
    const { area } = link;
    const focused = this.root.getRootNode().activeElement === link;
    const path = link.firstChild.getAttribute("d");
    this.focusBack.setAttribute("d", path);
    this.focusFront.setAttribute("d", focused ? path : "");
    this.tip.replaceChildren(make("strong", {}, null, area.name), document.createTextNode(` ${area.said}`));
    this.tip.hidden = false;
    const left = (area.cx - this.box[0]) / this.scale;
    const top = (area.cy - this.box[1]) / this.scale;
    const wide = this.tip.offsetWidth;
    this.tip.style.left = `${Math.max(0, Math.min(left - wide / 2, this.frame.clientWidth - wide))}px`;
    const above = top - this.tip.offsetHeight - 26;
    this.tip.style.top = `${above > 0 ? above : top + 26}px`;
  }

  hide() {
    this.tip.hidden = true;
    const active = this.links.find((link) => link === this.root.getRootNode().activeElement);
    if (active) return this.show(active);
    this.focusBack.setAttribute("d", "");
    this.focusFront.setAttribute("d", "");
  }

  rove(n) {
    this.links[this.current].setAttribute("tabindex", -1);
    this.current = n;
    this.links[n].setAttribute("tabindex", 0);
  }

  key(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "Escape") this.tip.hidden = true;
    if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      this.links.at(event.key === "Home" ? 0 : -1).focus();
    }
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const here = this.links[this.current].area;
    let best = null;
    let least = Infinity;
    for (const link of this.links) {
      const dx = link.area.cx - here.cx;
      const dy = link.area.cy - here.cy;
      const along = dx * way[0] + dy * way[1];
      const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
      if (along <= 0 || aside > along * 2) continue;
      const far = along + aside * 1.5;
      if (far < least) [best, least] = [link, far];
    }
    best?.focus({ preventScroll: true });
  }

  stop() {
    this.watch.disconnect();
    this.root.remove();
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let map = maps.get(parentElement);
  if (!map) maps.set(parentElement, (map = new England(parentElement, data)));
  map.update(data, (id) => setTriggerValue("chosen", id));
  return () => {
    map.stop();
    maps.delete(parentElement);
  };
}
