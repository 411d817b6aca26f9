// Around the map: councils to paint with, tools, the tip at a block, the line about the block in hand, announcements.

const brief = (n) => (n < 1000 ? grouped(n) : n < 999500 ? `${Math.round(n / 1000)}k` : `${(n / 1e6).toFixed(2)}m`);
const people = (b) => (b.residents === null ? "residents not known" : `${grouped(b.residents)} residents`);

class Panel {
  constructor(map, root) {
    this.map = map;
    const stage = html("div", { class: "stage" }, root);
    this.brushes = html("div", { class: "brushes", role: "radiogroup", "aria-label": "Paint with" }, stage);
    this.frame = html("div", { class: "frame" }, stage);
    this.tools = html("div", { class: "tools" }, this.frame);
    this.toolButtons = {};
    const coarse = matchMedia("(pointer: coarse)").matches;
    const group = html("div", { class: "stack", role: "group", "aria-label": "Tool" }, this.tools);
    this.tool(group, "paint", coarse ? "Tap to paint" : "Paint", "M3 17l1-4L14 3l3 3L7 16z");
    if (coarse) this.tool(group, "draw", "Draw with a finger", "M3 14c3-8 6 4 9-3 1-3 3-3 5-1");
    this.tool(group, "move", "Move the map", "M10 2v16M2 10h16M10 2l-3 3M10 2l3 3M10 18l-3-3M10 18l3-3M2 10l3-3M2 10l3 3M18 10l-3-3M18 10l-3 3");
    // On a phone the page's own Undo lies beyond the edge of its line.
    const back = html("div", { class: "stack back" }, this.tools);
    this.undo = this.button(back, "Undo the last move", "M7 4L3 8l4 4M3 8h9a5 5 0 0 1 0 9H8", () => map.act({ type: "undo" }));
    const zooms = html("div", { class: "stack", role: "group", "aria-label": "Zoom" }, this.tools);
    this.button(zooms, "Zoom in", "M10 4v12M4 10h12", () => map.zoom.by(1.5));
    this.button(zooms, "Zoom out", "M4 10h12", () => map.zoom.by(1 / 1.5));
    this.button(zooms, "Show all", "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4", () => map.zoom.reset());
    this.scale = html("div", { class: "scale", "aria-hidden": "true" }, this.frame);
    this.tip = html("div", { class: "tip", "aria-hidden": "true", hidden: "" }, this.frame);
    this.hintBox = html("div", { class: "hint", "aria-hidden": "true", hidden: "" }, this.frame, "Ctrl and wheel zooms the map");
    const bar = html("div", { class: "bar" }, stage);
    this.line = html("p", { class: "line" }, bar);
    this.lock = html("button", { type: "button", class: "act", hidden: "" }, bar, "Lock");
    this.open = html("button", { type: "button", class: "act", hidden: "" }, bar, "Divide by wards");
    const help = html("details", { class: "help" }, bar);
    html("summary", {}, help, "Keys");
    const list = html("dl", {}, help);
    for (const [key, what] of KEYS) {
      html("dt", {}, list, key);
      html("dd", {}, list, what);
    }
    this.live = html("div", { class: "unseen", "aria-live": "polite", role: "status" }, root);
    const listen = (node, f) => node.addEventListener("click", f, { signal: map.signal });
    listen(this.lock, () => map.toggleLock(map.current));
    listen(this.open, () => map.divide(map.current));
  }

  button(parent, label, icon, f) {
    const b = html("button", { type: "button", class: "tool", "aria-label": label, title: label }, parent);
    const s = svg("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true" }, b);
    svg("path", { d: icon }, s);
    b.addEventListener("click", f, { signal: this.map.signal });
    return b;
  }

  tool(parent, name, label, icon) {
    this.toolButtons[name] = this.button(parent, label, icon, () => this.map.setTool(name));
  }

  showTool(name) {
    for (const [n, b] of Object.entries(this.toolButtons)) b.setAttribute("aria-pressed", String(n === name));
  }

  /** One radio a council: pattern, number, name, residents as painted. Rebuilt only when the councils change. */
  councils(state, theme, residents, locked, selected) {
    const shape = JSON.stringify([state.councils.map((c) => c.slice(0, 2)), state.add, theme]);
    if (shape !== this.shape) {
      this.shape = shape;
      const held = this.brushes.contains(this.brushes.getRootNode().activeElement);
      this.brushes.replaceChildren();
      this.chips = state.councils.map(([name, colour], i) => this.chip(name, colour % 8, i, theme));
      if (state.add) {
        const add = html("button", { type: "button", class: "act add" }, this.brushes, "+");
        html("span", {}, add, " Council");
        add.setAttribute("aria-label", "Add a council");
        add.addEventListener("click", () => this.map.act({ type: "add" }));
      }
      if (held) this.chips[selected]?.input.focus();
    }
    this.brushes.classList.toggle("tight", state.councils.length > 3);
    this.chips.forEach((chip, i) => {
      chip.input.checked = i === selected;
      chip.label.classList.toggle("chosen", i === selected);
      chip.label.classList.toggle("locked", locked[i]);
      tell(chip.count, residents[i] === null ? "" : brief(residents[i]));
      const said = residents[i] === null ? "" : `, ${grouped(residents[i])} residents`;
      chip.input.setAttribute("aria-label", `${i + 1} ${state.councils[i][0]}${said}${locked[i] ? ", locked" : ""}`);
    });
    this.bring(selected);
  }

  /** The chips stand on one line where every name can be read there, on two lines each; else on as many as it takes. */
  fit() {
    const { brushes, chips } = this, sign = `${this.shape} ${brushes.clientWidth}`;
    if (!chips || sign === this.fitted) return;
    this.fitted = sign;
    brushes.classList.add("few");
    const cut = (n) => n.scrollWidth > n.clientWidth + 1 || n.scrollHeight > n.clientHeight + 2;
    const names = chips.map((c) => c.label.querySelector(".name"));
    brushes.classList.toggle("few", chips.length < 6 && ![brushes, ...names].some(cut));
  }

  /** Where the chips stand on one line, that of the council in hand is scrolled into it; the page stays. */
  bring(selected) {
    const chip = this.chips[selected]?.label, line = this.brushes;
    if (!chip || selected === this.brought) return;
    this.brought = selected;
    const a = chip.getBoundingClientRect(), b = line.getBoundingClientRect();
    if (a.right > b.right) line.scrollLeft += a.right - b.right;
    else if (a.left < b.left) line.scrollLeft -= b.left - a.left;
  }

  chip(name, colour, index, theme) {
    const look = PALETTE.themes[theme].councils[colour];
    const label = html("label", { class: "chip", title: name }, this.brushes);
    label.style.setProperty("--strong", look.strong);
    const input = html("input", { type: "radio", name: "council", value: index }, label);
    input.addEventListener("change", () => this.map.choose(index));
    const s = svg("svg", { class: "swatch", viewBox: "0 0 30 24", width: 30, height: 24, "aria-hidden": "true" }, label);
    addPattern(svg("defs", {}, s), `chip-${index}-`, colour, theme);
    svg("rect", { x: 1, y: 1, width: 28, height: 22, rx: 3, fill: `url(#chip-${index}-${colour})`, stroke: look.strong, "stroke-width": 2 }, s);
    svg("circle", { cx: 15, cy: 12, r: 8.5, fill: look.strong }, s);
    const number = svg("text", { x: 15, y: 16, fill: look.on_strong }, s);
    number.textContent = String(index + 1);
    html("span", { class: "name" }, label, name);
    const figures = html("span", { class: "count" }, label);
    const lock = svg("svg", { class: "chip-lock", viewBox: "-8 -8 16 16", width: 15, height: 15, "aria-hidden": "true" }, label);
    lockMark(lock, 0, 0);
    return { label, input, count: figures };
  }

  /** What is known of a block, as parts: name, residents, council, state. */
  parts(index) {
    const { map } = this;
    const b = map.geometry.blocks[index], c = map.assignment[index];
    const held = map.isHeld(index);
    return {
      name: b.ward && b.authorityName ? `${b.name}, ${b.authorityName}` : b.name,
      people: people(b),
      council: c < 0 ? "no council" : `${c + 1} ${map.state.councils[c]?.[0] ?? ""}`,
      held: held === "" ? "" : held === "block" ? "locked" : "its council is locked",
    };
  }

  sayBlock(index) {
    const p = this.parts(index);
    return [p.name, p.people, p.council, p.held].filter(Boolean).join(", ");
  }

  showTip(index, spot) {
    const p = this.parts(index), would = this.map.hover.preview(index), { width, height } = this.map.zoom;
    const sign = [p.name, p.people, p.council, p.held, would, width].join("\n");
    this.tip.hidden = false;
    // Measured when it says something else, not wherever the pointer goes.
    if (sign !== this.tipped?.sign) {
      this.tip.replaceChildren();
      html("strong", {}, this.tip, p.name);
      html("span", {}, this.tip, p.people);
      html("span", { class: "of" }, this.tip, p.council + (p.held ? ` – ${p.held}` : ""));
      if (would) html("span", { class: "preview" }, this.tip, would);
      this.tipped = { sign, w: this.tip.offsetWidth, h: this.tip.offsetHeight };
    }
    const { w, h } = this.tipped;
    let [x, y] = [spot[0] + 14, spot[1] + 16];
    if (x + w > width - 4) x = Math.max(4, spot[0] - w - 14);
    if (y + h > height - 4) y = Math.max(4, spot[1] - h - 14);
    this.tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }

  /** The line under the map: the block in hand, or the one the pointer rests on with what giving it would do. */
  showBlock(index, passing = false) {
    if (index < 0) {
      this.lined = "";
      this.line.textContent = matchMedia("(pointer: coarse), (max-width: 640px)").matches
        ? "Choose a council, then tap a place to give it to that council."
        : "Choose a council, then click a place to give it to that council.";
      this.lock.hidden = this.open.hidden = true;
      return;
    }
    const b = this.map.geometry.blocks[index], p = this.parts(index);
    // What a move would do is said while the pointer rests there; else it would read as what was done.
    const would = index === this.map.hover.index ? this.map.hover.preview(index) : "";
    const now = would ? `in ${p.council}` : `${p.people} · ${p.council}`;
    const rest = ` · ${now}${would && ` · i${would.slice(1)}`}${p.held ? ` · ${p.held}` : ""}`;
    if (this.lined !== p.name + rest) {
      this.lined = p.name + rest;
      this.line.replaceChildren();
      html("strong", {}, this.line, p.name);
      this.line.append(rest);
    }
    this.line.classList.toggle("small", Boolean(would));
    this.lock.hidden = passing;
    tell(this.lock, this.map.locked.has(index) ? "Unlock" : "Lock");
    this.open.hidden = passing || !this.map.state.wards || (b.ward && !b.authority);
    tell(this.open, b.ward ? `Make ${b.authorityName || "it"} whole${this.map.wholeIn(b)}` : "Divide by wards");
  }

  drawScale(pixelsPerMetre, width, right = false) {
    this.scale.hidden = !pixelsPerMetre;
    if (!pixelsPerMetre) return;
    const bar = scaleBar(pixelsPerMetre, Math.min(140, width / 3));
    this.scale.style.width = `${bar.pixels}px`;
    this.scale.textContent = bar.words;
    this.scale.classList.toggle("right", right);
  }

  announce(text) {
    // The same words twice are read once unless the text changes.
    this.live.textContent = this.live.textContent === text ? `${text}\u00a0` : text;
  }

  hint(text = "Ctrl and wheel zooms the map", time = 1200) {
    this.hintBox.textContent = text;
    this.hintBox.hidden = false;
    clearTimeout(this.hintTimer);
    this.hintTimer = setTimeout(() => (this.hintBox.hidden = true), time);
  }

  /** Why nothing happened: seen on the map and read out. */
  say(text) {
    this.announce(text);
    this.map.hover.hide();
    this.hint(text, 4000);
  }
}
