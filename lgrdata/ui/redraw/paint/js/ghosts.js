// A change that is offered: its outline on the map, to accept or dismiss before anything moves.

class Ghosts {
  constructor(map) {
    this.map = map;
    this.offer = null;
    this.box = html("div", { class: "ghost", role: "group", "aria-label": "Offered change", hidden: "" }, map.panel.frame);
    this.words = html("p", {}, this.box);
    const buttons = html("div", { class: "buttons" }, this.box);
    this.yes = html("button", { type: "button", class: "act strong" }, buttons, "Accept");
    this.no = html("button", { type: "button", class: "act" }, buttons, "Dismiss");
    this.yes.addEventListener("click", () => this.accept());
    this.no.addEventListener("click", () => this.close(true));
    this.box.addEventListener("keydown", (e) => {
      if (e.key !== "Escape") return;
      e.stopPropagation();
      this.close(true);
    });
  }

  open(offer) {
    const { map } = this;
    this.offer = offer;
    this.from = map.host.activeElement;
    this.blocks = offer.changes.flatMap((c) => map.placesOf([c.code]).map((i) => [i, c.after]));
    this.words.textContent = sayOffer(offer, map.state.councils) + this.leaves();
    this.no.textContent = offer.kind === "open" ? "Keep mine" : "Dismiss";
    this.box.hidden = false;
    map.reveal([]);
    map.hover.hide();
    const { k, x, y } = map.zoom.at, { width, height } = map.zoom, { blocks } = map.geometry;
    const outside = ([i]) => {
      const [bx, by] = [blocks[i].x * k + x, blocks[i].y * k + y];
      return bx < 0 || by < 0 || bx > width || by > height;
    };
    if (this.blocks.some(outside)) map.zoom.reset();
    this.place();
    this.draw();
    map.panel.announce(`Offered: ${this.words.textContent} Accept or ${this.no.textContent.toLowerCase()}.`);
    this.yes.focus({ preventScroll: true });
    map.panel.frame.scrollIntoView({ block: "nearest" });
  }

  /** Where a repair would leave a council smaller than any is now, that is said before it is accepted. */
  leaves() {
    const { map, offer } = this;
    if (offer.kind !== "repair" || !this.sameCouncils()) return "";
    const moved = new Map(this.blocks), sizes = [[], []];
    map.geometry.blocks.forEach((b, i) => [map.assignment[i], moved.get(i) ?? map.assignment[i]].forEach((c, n) => {
      if (c >= 0) sizes[n][c] = (sizes[n][c] ?? 0) + (b.residents ?? NaN);
    }));
    const least = (held) => Math.min(...held.filter((n) => n !== 0)), [now, then] = sizes.map(least);
    if (!(then < now)) return "";
    return ` ${map.state.councils[sizes[1].indexOf(then)][0]} would then have ${peopleOf(then)} residents, fewer than any council has now.`;
  }

  /** Outlines in the colour of the council that each block would join, with its number. */
  draw() {
    const { map } = this, group = map.view.ghosts;
    group.replaceChildren();
    map.view.labels.querySelector(".ghost-numbers")?.remove();
    if (!this.offer) return;
    const looks = PALETTE.themes[map.theme].councils, { blocks } = map.geometry, { k } = map.zoom.at;
    const colourOf = (c) => (this.sameCouncils() ? (map.state.councils[c]?.[1] ?? c) : c) % 8;
    for (const [i] of this.blocks) svg("path", { class: "ghost-back", d: blocks[i].path }, group);
    for (const [i, c] of this.blocks) {
      const line = svg("path", { class: "ghost-line", d: blocks[i].path }, group);
      line.style.stroke = c < 0 ? "var(--text)" : looks[colourOf(c)].strong;
    }
    // Over the block's own number: from which council to which.
    const over = svg("g", { class: "ghost-numbers" }, map.view.labels), number = (c) => (c < 0 ? "–" : String(c + 1));
    for (const [i, c] of this.blocks) {
      // Numbers of other councils than those that stand would mislead: these go by name.
      const told = this.sameCouncils() || c < 0 ? `${number(map.assignment[i])} → ${number(c)}` : `→ ${this.offer.councils[c]}`;
      const broad = Math.max(50, told.length * 8 + 14), [px, py] = this.spotOf(i, broad);
      const g = svg("g", { transform: `translate(${px.toFixed(1)} ${py.toFixed(1)})` }, over);
      const pill = svg("rect", { x: -broad / 2, y: -11.5, width: broad, height: 23, rx: 11.5 }, g), text = svg("text", { y: 5 }, g);
      text.textContent = told;
      if (c < 0) continue;
      pill.style.fill = looks[colourOf(c)].strong;
      text.style.fill = looks[colourOf(c)].on_strong;
    }
  }

  /** Where the move's number stands: over the number that it changes, off the name; above the name where there is none. */
  spotOf(index, broad) {
    const { map } = this, b = map.geometry.blocks[index], { k, x, y } = map.zoom.at;
    const spot = map.labels.badgeOf(index)?.spot;
    if (!spot) return [b.x * k + x, b.y * k + y - 22];
    return [spot.beside ? spot.x + 9 - broad / 2 : spot.x, spot.y - (spot.beside ? 0 : 3)];
  }

  /** The box stands where it covers least of what it is about. */
  place() {
    const { map } = this, { k, y } = map.zoom.at;
    const middle = this.blocks.reduce((sum, [i]) => sum + map.geometry.blocks[i].y * k + y, 0) / Math.max(1, this.blocks.length);
    this.box.classList.toggle("top", middle > map.zoom.height * 0.5);
  }

  sameCouncils() {
    const { offer, map } = this;
    return !offer.councils.length || JSON.stringify(offer.councils) === JSON.stringify(map.state.councils.map((c) => c[0]));
  }

  accept() {
    const { map, offer, blocks } = this;
    const changes = this.sameCouncils() ? blocks.map(([i, c]) => [map.geometry.blocks[i].code, c]) : [];
    const told = this.words.textContent;
    this.close(true);
    // What was outlined goes along: the server makes just that, or says that it no longer fits.
    map.act({ type: "accept", offer: offer.id, changes, offered: offer.changes.map((c) => [c.code, c.after]) });
    map.panel.announce(`Accepted: ${told}`);
  }

  /** Away with the outline; `back` takes the keyboard to where it came from. */
  close(back = false) {
    if (!this.offer) return;
    const held = this.box.contains(this.map.host.activeElement);
    this.offer = null;
    this.box.hidden = true;
    this.draw();
    if (!back || !held) return;
    if (this.from?.isConnected) this.from.focus({ preventScroll: true });
    else this.map.focusBlock(Math.max(0, this.map.current), false);
  }

  /** An answer of the server: what is no longer offered goes. */
  settle(offers) {
    if (this.offer && !offers.some((o) => JSON.stringify(o) === JSON.stringify(this.offer))) this.close();
    else if (this.offer) this.draw();
  }
}
