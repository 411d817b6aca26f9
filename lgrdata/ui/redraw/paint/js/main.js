// The desk as Streamlit knows it: takes the server's answers, keeps the reader's acts on top, tells the server.

const WIDE = 858;
const WARNING = 64;

class PaintedMap {
  constructor(parent) {
    this.stop = new AbortController();
    this.signal = this.stop.signal;
    this.host = parent;
    const sheet = html("style", {}, parent);
    sheet.textContent = CSS;
    this.root = html("div", { class: "lgr-paint" }, parent);
    this.ledger = new Ledger((payload) => this.sender(payload));
    this.ledger.extras = () => ({ selected: this.selected });
    this.selected = 0;
    this.current = -1;
    this.stroke = new Stroke(this);
    this.zoom = new Zoom((scaled) => this.moved(scaled));
    this.panel = new Panel(this, this.root);
    this.answers = new Answers(this, this.root);
    this.ghosts = new Ghosts(this);
    this.local = new Local(this);
    this.hover = new Hover(this);
    this.help = html("p", { class: "unseen", id: "help" }, this.root,
      "Arrow keys go from place to place, 1 to 8 choose a council, Enter gives the place to it. The list under Keys has more.");
    this.view = new View(this.panel.frame);
    this.panel.frame.prepend(this.view.svg);
    this.view.svg.setAttribute("role", "application");
    this.view.svg.setAttribute("aria-describedby", "help");
    this.pointer = new Pointer(this);
    this.labels = new Labels(this.view, getComputedStyle(this.root).fontFamily);
    this.setTool("paint");
    this.byKey = true;
    this.root.addEventListener("pointerdown", () => (this.byKey = false), { signal: this.signal, capture: true });
    this.root.addEventListener("keydown", () => this.keyUsed(), { signal: this.signal, capture: true });
    this.root.addEventListener("keydown", keysOf(this), { signal: this.signal });
    this.root.addEventListener("keyup", spaceUp(this), { signal: this.signal });
    // Not on the SVG: Chromium makes an SVG that listens for focus a tab stop of its own.
    this.panel.frame.addEventListener("focusin", (e) => this.focused(e), { signal: this.signal });
    this.panel.frame.addEventListener("focusout", () => this.unfocused(), { signal: this.signal });
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(this.panel.frame);
    this.watch.observe(this.panel.brushes);
    this.watch.observe(this.answers.figures);
    addEventListener("resize", () => this.resize(), { signal: this.signal });
  }

  get client() {
    return this.ledger.client;
  }

  pending() {
    return this.ledger.pending;
  }

  destroy() {
    this.ledger.stop();
    this.hover.stop();
    this.watch.disconnect();
    this.answers.destroy();
    this.stop.abort();
    this.root.remove();
  }

  /** A run's answer. */
  update(data, geometryText, send, sheetText = "") {
    this.sender = send;
    const { state } = data;
    const theme = this.themeOf(data.dark);
    const other = data.geometry !== this.geometryId, fresh = other || theme !== this.theme;
    const first = !this.geometry;
    const kept = this.current >= 0 ? this.geometry.blocks[this.current] : null;
    const hadFocus = this.host.activeElement?.classList?.contains("block");
    this.ledger.settle(data.ack);
    if (fresh) {
      if (other) {
        this.stroke.was = null;
        this.geometry = readGeometry(geometryText);
        this.geometryId = data.geometry;
        this.hover.index = -1;
        // Outlined are places of the map before.
        this.ghosts.close();
      }
      this.theme = theme;
      this.root.classList.toggle("dark", theme === "dark");
      for (const [k, v] of Object.entries(PALETTE.themes[theme].ground)) this.root.style.setProperty(`--${k.replace("_", "-")}`, v);
      this.view.draw(this.geometry, theme);
      this.view.svg.setAttribute("aria-label", `Map of ${this.geometry.title}`);
      this.said = [];
    }
    // An echo of what this browser said must not undo a choice made since.
    const meant = !first && state.selected !== this.state.selected && state.selected !== this.ledger.told && !this.pending().length;
    if (first || meant) this.selected = state.selected;
    this.state = state;
    this.selected = Math.min(this.selected, state.councils.length - 1);
    this.height = data.height;
    this.above = data.above ?? null;
    this.stand();
    if (fresh) {
      this.resize(true);
      this.current = kept ? this.successor(kept) : -1;
      this.roving(Math.max(0, this.current));
      if (hadFocus && this.current >= 0) this.focusBlock(this.current);
    } else {
      this.show();
    }
    this.hover.lineAgain();
    this.hover.tipAgain();
    if (other || this.revealed?.some((i) => this.assignment[i] !== this.revealedIn)) this.reveal([]);
    this.local.learn(data.sheet ?? "", sheetText);
    this.local.compare(state.document);
    this.answer(state.document, first ? null : state.offer);
    this.answerHere();
  }

  /** What the figures beside the map are drawn from: the server's document, or one made here before it answers. */
  answer(document, asked = null) {
    const begun = Boolean(document) && !this.document;
    this.root.classList.toggle("desk", Boolean(document));
    if (!document) return;
    this.document = document;
    this.answers.show(document, this.theme, JSON.stringify(this.state.councils));
    this.ghosts.settle(document.offers);
    const [times, id] = asked ?? this.offered ?? [0, ""];
    const offer = asked && times !== this.offered?.[0] ? document.offers.find((o) => o.id === id) : null;
    this.offered = [times, id];
    if (offer) this.ghosts.open(offer);
    // Later answers measure nothing in the frame of a click, unless the chips are others: what changes size is watched.
    if (begun || !this.panel.fitted?.startsWith(this.panel.shape)) this.resize();
  }

  /** Until the server answers, what the engine says of the drawing as it stands. */
  answerHere() {
    const own = this.local.document();
    if (own) this.answer(own);
  }

  /** Blocks as shown by their codes; an authority shown by wards is all of them. */
  placesOf(codes) {
    const { places, blocks } = this.geometry;
    return codes.flatMap((c) => (places.has(c) ? [places.get(c)] : blocks.filter((b) => b.authority === c).map((b) => b.index)));
  }

  /** Zoom to blocks and outline them, until they change hands; with none, the outline goes. */
  reveal(indices) {
    this.revealed = indices;
    this.revealedIn = this.assignment[indices[0]];
    this.view.point(indices);
    // What was zoomed into to be shown is no longer: the whole map again, unless the reader moved it since.
    if (!indices.length) {
      if (this.shownAt && this.zoom.at === this.shownAt) this.zoom.reset();
      this.shownAt = null;
      return;
    }
    const all = indices.map((i) => this.geometry.blocks[i].bounds);
    const low = [0, 1].map((n) => Math.min(...all.map((b) => b[n]))), high = [2, 3].map((n) => Math.max(...all.map((b) => b[n])));
    this.zoom.to(low[0], low[1], high[0], high[1]);
    this.shownAt = this.zoom.at;
    this.panel.frame.scrollIntoView({ block: "nearest" });
  }

  /** After a district is divided or made whole, the block that stands where the reader was. */
  successor(block) {
    const { blocks, places } = this.geometry;
    if (places.has(block.code)) return places.get(block.code);
    const child = blocks.find((b) => b.authority === block.code);
    return child ? child.index : (places.get(block.authority) ?? -1);
  }

  themeOf(dark) {
    if (dark !== null) return dark ? "dark" : "light";
    const text = getComputedStyle(this.root.parentNode.host ?? this.root).color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0];
    return 0.299 * text[0] + 0.587 * text[1] + 0.114 * text[2] > 140 ? "dark" : "light";
  }

  /** Server's word, pending actions, and a stroke under way, in that order. */
  stand() {
    const s = this.ledger.standing(this.state, this.geometry.places);
    const known = this.state.councils.length;
    this.assignment = s.assignment.map((c) => (c < known ? c : -1));
    this.locked = s.locked;
    this.councilLocked = s.councilLocked;
    if (this.stroke.was) for (const index of this.stroke.was.keys()) this.assignment[index] = this.stroke.council;
  }

  /** Bring the screen to the assignment: only blocks that differ are touched. */
  show(all = false) {
    const { councils } = this.state;
    const colours = councils.map((c) => c[1]);
    const looks = PALETTE.themes[this.theme].councils;
    this.view.paint(this.assignment, colours);
    this.said ??= [];
    let moved = all;
    for (let i = 0; i < this.assignment.length; i++) {
      const c = this.assignment[i], name = councils[c]?.[0] ?? "", held = this.isHeld(i);
      const sign = `${c}|${name}|${colours[c]}|${held}`;
      if (!all && this.said[i] === sign) continue;
      this.said[i] = sign;
      moved = true;
      this.view.nodes[i].setAttribute("aria-label", this.panel.sayBlock(i));
      this.labels.number(i, c, c < 0 ? null : looks[colours[c] % 8], held !== "");
    }
    if (moved) {
      this.view.outline(this.assignment);
      this.labels.numberGroups(this.assignment, colours.map((c) => looks[c % 8]));
    }
    const residents = councils.map(() => 0);
    this.geometry.blocks.forEach((b, i) => {
      const c = this.assignment[i];
      if (c >= 0 && residents[c] !== null && c < residents.length) {
        residents[c] = b.residents === null ? null : residents[c] + b.residents;
      }
    });
    this.panel.undo.disabled = !this.state.undo && !this.pending().length;
    this.panel.councils(this.state, this.theme, residents, this.councilLocked, this.selected);
  }

  resize(force = false) {
    if (!this.geometry) return;
    this.root.classList.toggle("wide", this.root.clientWidth >= WIDE);
    const width = this.panel.frame.clientWidth;
    const [, , w, h] = this.geometry.view;
    const fitting = width < NARROW ? ((width - 20) * h) / w + 80 : Infinity;
    const height = this.heightFor(width, fitting);
    if (!width || (!force && width === this.zoom.width && height === this.zoom.height)) return;
    this.panel.frame.style.height = `${height}px`;
    this.view.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.root.classList.toggle("narrow", width < NARROW);
    this.zoom.resize(width, height, this.geometry.view);
  }

  /**
   * Beside the figures the map fills the window, its chips above it and the line about a block below. On a phone it
   * leaves room for its chips, a warning and the figures, which stay at the window's foot.
   */
  heightFor(width, fitting) {
    this.panel.fit();
    const chips = this.panel.brushes.offsetHeight + 8;
    if (this.above !== null && this.root.classList.contains("wide")) {
      const tall = innerHeight - this.above;
      this.root.style.setProperty("--tall", `${Math.max(360, tall)}px`);
      return Math.max(300, tall - chips - 44);
    }
    if (this.above === null || !this.document) return Math.round(Math.min(this.height, Math.max(280, Math.min(width * 1.05 + 50, fitting))));
    const below = chips + WARNING + this.answers.figures.offsetHeight;
    return Math.round(Math.max(200, Math.min(fitting, innerHeight - this.above - below)));
  }

  moved(scaled) {
    this.view.place(this.zoom.at);
    this.spaceMoved = this.pointer.space;
    if (!scaled && this.labelled) {
      const { x, y } = this.zoom.at;
      this.view.labels.setAttribute("transform", `translate(${x - this.labelled.x} ${y - this.labelled.y})`);
      cancelAnimationFrame(this.frameWait);
      this.frameWait = requestAnimationFrame(() => this.relabel());
    } else this.relabel();
    this.panel.drawScale(this.geometry.metres ? this.zoom.at.k / this.geometry.metres : 0, this.zoom.width, this.scaleRight);
  }

  relabel() {
    this.labelled = this.zoom.at;
    this.view.labels.removeAttribute("transform");
    this.scaleRight = scaleCorner(this.geometry.blocks, this.zoom);
    this.labels.layout(this.zoom.at, this.zoom);
    this.show(true);
    if (this.ghosts?.offer) this.ghosts.draw();
  }

  setTool(name) {
    this.tool = name;
    this.panel.showTool(name);
    this.view.svg.dataset.tool = name;
  }

  // What the reader does

  isHeld(index) {
    if (this.locked.has(index)) return "block";
    return this.councilLocked[this.assignment[index]] ? "council" : "";
  }

  refusal(index, council) {
    const name = this.geometry.blocks[index].name;
    if (this.locked.has(index)) return `${name} is locked.`;
    for (const c of [this.assignment[index], council]) {
      if (this.councilLocked[c]) return `${this.state.councils[c][0]} is locked.`;
    }
    return "";
  }

  act(action) {
    this.ledger.record(action);
    this.stand();
    this.show();
    this.answerHere();
  }

  recordPaint(indices, council) {
    const { blocks } = this.geometry;
    this.act({ type: "paint", codes: indices.map((i) => blocks[i].code), council });
    const to = council < 0 ? "no council" : `${council + 1} ${this.state.councils[council][0]}`;
    const what = indices.length === 1 ? blocks[indices[0]].name : `${indices.length} places`;
    this.panel.announce(`${what} to ${to}.`);
    this.panel.showBlock(this.current);
    this.hover.tipAgain();
  }

  paintOne(index, council = this.selected) {
    if (index < 0) return;
    this.focusBlock(index, false);
    const refused = this.refusal(index, council);
    if (refused) return this.panel.say(refused);
    if (this.assignment[index] === council) return this.panel.say(sayUnmoved(this.geometry.blocks[index].name, council, this.state.councils));
    this.recordPaint([index], council);
  }

  choose(council) {
    if (council >= this.state.councils.length) return;
    this.selected = council;
    this.show();
    this.panel.announce(`Painting with ${council + 1} ${this.state.councils[council][0]}.`);
    this.hover.tipAgain();
  }

  toggleLock(index) {
    if (index < 0) return;
    const locked = !this.locked.has(index), b = this.geometry.blocks[index];
    this.act({ type: "lock", codes: [b.code], locked });
    this.panel.announce(`${b.name} ${locked ? "locked" : "unlocked"}.`);
    this.panel.showBlock(this.current);
  }

  toggleCouncilLock(council) {
    const locked = !this.councilLocked[council];
    this.act({ type: "lock_council", council, locked });
    this.panel.announce(`${this.state.councils[council][0]} ${locked ? "locked" : "unlocked"}.`);
    this.panel.showBlock(this.current);
  }

  divide(index) {
    if (index < 0 || !this.state.wards) return;
    const b = this.geometry.blocks[index];
    if (b.ward && !b.authority) return;
    const told = b.ward ? `${b.authorityName} is made whole${this.wholeIn(b)}.` : `${b.name} is divided by wards.`;
    this.act(b.ward ? { type: "close", codes: [b.authority], council: this.selected } : { type: "open", codes: [b.code] });
    this.panel.announce(told);
  }

  /** ' in Exeter': the council that a ward's authority, made whole, would be in: the one in hand if it has a part. */
  wholeIn(b) {
    const held = new Map();
    this.geometry.blocks.forEach((other, i) => {
      const council = this.assignment[i];
      if (other.authority === b.authority) held.set(council, (held.get(council) ?? 0) + (other.residents ?? 0));
    });
    if (held.size < 2) return "";
    const largest = [...held].sort(([a, n], [c, m]) => m - n || a - c)[0][0];
    const into = held.has(this.selected) ? this.selected : largest;
    return into < 0 ? "" : ` in ${this.state.councils[into][0]}`;
  }

  // Focus and hover

  roving(index) {
    const node = this.view.nodes[index];
    if (this.tabStop !== node) this.tabStop?.setAttribute("tabindex", "-1");
    node.setAttribute("tabindex", "0");
    this.tabStop = node;
  }

  focusBlock(index, tell = true) {
    if (index < 0) return;
    this.quiet = !tell;
    this.view.nodes[index].focus({ preventScroll: true });
    this.quiet = false;
  }

  focused(e) {
    if (!e.target.classList.contains("block")) return;
    const index = Number(e.target.dataset.index);
    this.current = index;
    this.roving(index);
    this.view.markFocus(index, this.byKey);
    this.panel.showBlock(index);
    if (this.quiet) return;
    const b = this.geometry.blocks[index];
    this.zoom.reveal(b.x, b.y);
    this.hover.index = -1;
    this.hover.tipAgain(true);
  }

  /** The strong focus ring is for those who steer by key; a pointer's block is only outlined. */
  keyUsed() {
    if (this.byKey) return;
    this.byKey = true;
    if (this.host.activeElement?.classList?.contains("block")) this.view.markFocus(this.current, true);
  }

  unfocused() {
    // Focus that moves to the block's own buttons must not lose the block.
    this.view.markFocus(this.current, false);
    this.hover.hide();
  }

  step(dx, dy) {
    const next = blockTowards(this.geometry.blocks, this.current, dx, dy);
    if (next >= 0) this.focusBlock(next);
  }

  leave() {
    if (this.stroke.was) return this.stroke.undo();
    this.hover.hide();
    this.panel.chips[this.selected]?.input.focus();
  }
}

/** For tests, which hold these words to Python's. */
PaintedMap.words = { millions, ordinal, peopleOf, percent, pounds, thousandsOf };

export { PaintedMap };
