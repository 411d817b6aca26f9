// Beside the map: warnings with their mend, the figures, the evidence bar, where the drawing stands. All from one document.

class Answers {
  constructor(map, root) {
    this.map = map;
    this.node = html("div", { class: "answers", role: "region", "aria-label": "What the drawing does" }, root);
    this.alerts = html("div", { class: "alerts" }, this.node);
    this.figures = html("div", { class: "figures" }, this.node);
    this.rest = html("div", { class: "rest" }, this.node);
    this.watch = new ResizeObserver(() => {
      this.barWidth = 0;
      this.bar();
      // What scrolls can be reached by key.
      if (this.node.scrollHeight > this.node.clientHeight + 1) this.node.setAttribute("tabindex", "0");
      else this.node.removeAttribute("tabindex");
    });
    for (const part of [this.node, this.alerts, this.figures, this.rest]) this.watch.observe(part);
  }

  destroy() {
    this.watch.disconnect();
  }

  name(council) {
    return this.doc.councils[council]?.name ?? "no council";
  }

  chosen() {
    return this.doc.costs.find((c) => c.lens === this.doc.lens);
  }

  /** Draw the document; the same one twice is drawn once. */
  show(doc, theme, revision) {
    const text = JSON.stringify([doc, theme, revision]);
    if (text === this.shown) return;
    this.shown = text;
    this.doc = doc;
    this.theme = theme;
    const at = this.node.getRootNode().activeElement, held = this.node.contains(at) ? at.dataset.key : null;
    this.drawAlerts();
    this.drawFigures();
    this.drawRest();
    if (!held) return;
    const again = [...this.node.querySelectorAll("[data-key]")].find((n) => n.dataset.key === held);
    (again ?? this.alerts.querySelector("button"))?.focus();
  }

  button(parent, key, words, act, strong = false) {
    const b = html("button", { type: "button", class: strong ? "act strong" : "act", "data-key": key }, parent, words);
    b.addEventListener("click", act);
    return b;
  }

  drawAlerts() {
    const { doc, map } = this, name = (c) => this.name(c);
    // The server says the same again: what is read, or about to be pressed, stays where it is.
    const repairs = doc.offers.filter((o) => o.kind === "repair").map((o) => o.id);
    const text = JSON.stringify([doc.warnings, doc.councils.map((c) => c.name), repairs, this.disagreed]);
    if (text === this.alerted) return;
    this.alerted = text;
    this.alerts.replaceChildren();
    if (this.disagreed) this.drawDisagreed();
    if (doc.councils.length === 1) {
      const card = html("div", { class: "alert" }, this.alerts);
      html("p", {}, card, "One council for the whole area: there is no border to move yet.");
      this.button(card, "add", "Add a second council to begin", () => map.act({ type: "add" }), true);
      return;
    }
    const cards = doc.warnings.map((w, n) => [w, n]);
    const put = (parent, [w, n]) => {
      const card = html("div", { class: "alert" }, parent);
      html("p", {}, card, sayWarning(w, name));
      const buttons = html("div", { class: "buttons" }, card);
      if (w.blocks.length) this.button(buttons, `show-${n}`, "Show", () => map.reveal(map.placesOf(w.blocks.map((b) => b[0]))));
      const offer = () => this.doc.offers.find((o) => o.id === `repair-${n}`);
      if (!w.mend || !offer()) return;
      const mend = this.button(buttons, `mend-${n}`, "Mend", () => map.ghosts.open(offer()), true);
      mend.title = sayMend(w.mend, name);
      mend.setAttribute("aria-label", `Mend: ${mend.title}`);
    };
    cards.slice(0, 1).forEach((c) => put(this.alerts, c));
    if (cards.length < 2) return;
    const more = html("details", { class: "more-alerts" }, this.alerts);
    more.open = this.moreOpen ?? false;
    more.addEventListener("toggle", () => (this.moreOpen = more.open));
    html("summary", { "data-key": "more" }, more, `${capital(inWords(cards.length - 1))} more to mind`);
    cards.slice(1).forEach((c) => put(more, c));
  }

  /** Figures shown before the server's were others: said until the reader has seen it. */
  drawDisagreed() {
    const card = html("div", { class: "alert fault" }, this.alerts);
    html("p", {}, card, DISAGREED);
    this.button(html("div", { class: "buttons" }, card), "seen", "Close", () => {
      this.disagreed = false;
      this.drawAlerts();
      this.node.focus();
    });
  }

  figure(parent, label, value, ...under) {
    const box = html("div", { class: "figure" }, parent);
    html("span", { class: "label" }, box, label);
    html("strong", { class: "value" }, box, value);
    for (const line of under.filter(Boolean)) {
      const small = html("span", { class: "under" }, box);
      small.append(line);
    }
    return box;
  }

  drawFigures() {
    const { doc } = this;
    this.figures.replaceChildren();
    const sizes = doc.councils.map((c) => c.residents).filter((n) => n > 0).sort((a, b) => a - b);
    const few = sizes.length < 4;
    const ends = (say) => `${say(sizes[0])} to ${say(sizes.at(-1))}`, each = (say) => listed(sizes.map(say));
    const ratio = sizes.length > 1 ? `largest ${(sizes.at(-1) / sizes[0]).toFixed(1)} times the smallest` : "";
    const box = this.figure(this.figures, capital(counted(sizes.length, "council")), "", ratio), value = box.querySelector(".value");
    box.classList.add("sizes");
    if (!sizes.length) value.textContent = "nobody yet";
    else {
      html("span", { class: "long" }, value, `${(few ? each : ends)(peopleOf)} people`);
      html("span", { class: "brief" }, value, (sizes.length < 3 ? each : ends)(thousandsOf));
    }
    this.drawMoney();
    const { money, called } = this.chosen();
    const [county, , district] = doc.costs.map((c) => c.money);
    const five = this.figure(this.figures, "First five years", doc.unchanged ? "£0m" : spread(county.five_year_net, district.five_year_net),
      doc.unchanged ? "" : this.path(money, called, this.chosen()));
    five.classList.add("five");
    const c = doc.crossing;
    const cross = this.figure(this.figures, "", c ? percent(c.share) : "not known");
    cross.classList.add("crossing");
    html("span", { class: "long" }, cross.firstChild, "Commuters who cross");
    html("span", { class: "brief" }, cross.firstChild, "Cross to work");
    if (!c || c.today === null) return;
    const verdict = judged(c.today, c.share), was = percent(c.today) === "0%" ? "next to none" : percent(c.today);
    const change = { worse: "up from ", better: "down from ", "": "as " }[verdict];
    const under = html("span", { class: "under" }, cross, `${change}${was} between today’s care councils`);
    if (verdict) {
      under.append(": ");
      html("b", { class: verdict }, under, verdict);
    }
  }

  /** What it takes to get there, on the evidence chosen; a saving that comes late is said with what it costs before. */
  path(m, called, { unchanged: was }) {
    const band = m.one_off_low === null ? "" : ` (likely ${millions(m.one_off_low)} to ${millions(m.one_off_high)})`;
    const late = m.recurring_net > 0 && m.five_year_net < 0
      ? `saves ${millions(m.recurring_net)} a year in the end, still ${millions(-m.five_year_net)} behind after five years; ` : "";
    const paid = m.payback_years === null ? `${m.recurring_net > 0 ? "too little is saved to pay it back" : "not paid back"} in 30 years` : `paid back in year ${m.payback_years}`;
    // Where nothing is spent there is nothing to pay back.
    const once = millions(m.one_off) === "£0m" ? "no one-off cost" : `${millions(m.one_off)} once${band}, ${paid}`;
    const beside = was ? ` (unchanged ${millions(was.five_year_net, true)}, ${millions(was.one_off)} once)` : "";
    return `${called}: ${late}${once}${beside}`;
  }

  drawMoney() {
    const { doc } = this;
    const [county, , district] = doc.costs.map((c) => c.money);
    const value = doc.unchanged ? "no change" : comesTo(county.recurring_net, district.recurring_net);
    const box = this.figure(this.figures, "In the end, a year", value);
    box.classList.add("money");
    if (doc.unchanged) {
      html("span", { class: "under" }, box, "Today’s councils: nothing is spent and nothing saved.");
      this.barBox = null;
      return;
    }
    if (doc.costs.some((c) => c.unchanged)) {
      const [a, , b] = doc.costs.map((c) => (c.unchanged ?? c.money).recurring_net);
      html("span", { class: "under" }, box, `Assumptions are changed here; unchanged it ${comesTo(a, b)}.`);
    }
    if (doc.partnered) html("span", { class: "under with" }, box, `Before any partnership. ${doc.partnered}.`);
    this.barBox = html("div", { class: "bar-box", role: "img", "aria-label": this.inWords() }, box);
    this.barDrawn = "";
    this.bar();
    const sides = doc.costs.filter((c) => c.lens !== "middle" && c.money.break_even !== null);
    const even = html("p", { class: "even" }, box);
    if (!sides.length) even.textContent = "No county is divided, so the cost of splitting does not arise.";
    else {
      even.append("What it costs to divide county services in two is the great unknown.");
      let unit = " for each county resident";
      for (const { lens, money: now, unchanged: was } of sides) {
        const whose = lens === "county" ? "counties’" : "districts’", on = `${whose} ${was ? "figures as changed here" : "evidence"}`;
        const before = was && was.break_even !== null ? ` (${pounds(was.break_even)} beside ${pounds(was.first_split)} unchanged)` : "";
        if (now.break_even <= 0) {
          even.append(` On ${on} it would not save even if that cost nothing${before}.`);
          continue;
        }
        const near = pounds(now.break_even) === pounds(now.first_split) ? "only just " : "";
        const verdict = `${near}${now.recurring_net > 0 ? "saves" : "does not save"}`;
        const put = `${was ? "here it is put" : "they put it"} at ${pounds(now.first_split)}`;
        even.append(unit ? " This split saves each year if that is under " : ` On ${on} the limit is `);
        html("b", {}, even, pounds(now.break_even));
        even.append(`${unit}${unit ? `, on ${on}` : ""}; ${put}, so it ${verdict}${before}.`);
        unit = "";
      }
    }
  }

  inWords() {
    const { doc } = this;
    const each = doc.costs.map((c) => `${millions(c.money.recurring_net, true)} ${c.called}`);
    const cases = doc.cases.map((c) => `published ${asPublished(c)} by ${c.author}, ${c.payer}`);
    return `In the end, a year: ${[...each, ...cases].join("; ")}.`;
  }

  bar() {
    const box = this.barBox, narrow = this.map.root.classList.contains("narrow");
    // As wide as the one before it, until the watcher says that something has another size.
    const width = (this.barWidth ||= box ? Math.floor(box.clientWidth) : 0);
    if (!box || !width || `${width} ${narrow}` === this.barDrawn) return;
    this.barDrawn = `${width} ${narrow}`;
    box.replaceChildren();
    drawEvidence(box, this.doc, width, this.theme, narrow, this.map.labels.family);
  }

  drawRest() {
    const { doc, map } = this, { called } = this.chosen();
    this.rest.replaceChildren();
    if (doc.moved?.changes.length) {
      const p = html("p", { class: "moved" }, this.rest);
      html("b", {}, p, "Since your last move: ");
      const people = doc.moved.residents.map((n, c) => [n, c]).filter(([n]) => n)
        .map(([n, c]) => `${this.name(c)} ${n > 0 ? "gains" : "loses"} ${peopleOf(Math.abs(n))}`);
      const parts = [sayChanges(doc.moved.changes, (c) => this.name(c)), people.length ? `${listed(people)} residents` : "", sayAdults(doc.moved.adults, (c) => this.name(c)), ...sayDifference(doc.moved, doc.lens, called)];
      p.append(`${parts.filter(Boolean).join(" · ")}.`);
    }
    const care = doc.councils.map((c, i) => [c.adults, i]).filter(([a]) => a);
    if (care.length) {
      const box = html("div", { class: "care" }, this.rest);
      const estimated = care.some(([a]) => a.low < a.high) ? ", estimated (likely range)" : "";
      // For many councils the figures are a line away, so that those which answer first stay few.
      const fold = care.length > 2 ? html("details", {}, box) : null;
      if (fold) {
        fold.open = this.careOpen ?? false;
        fold.addEventListener("toggle", () => (this.careOpen = fold.open));
      }
      html(fold ? "summary" : "span", { class: "label" }, fold ?? box, `Adults in long-term support${estimated}`);
      const list = html("ul", {}, fold ?? box);
      for (const [a, i] of care) {
        const item = html("li", {}, list);
        this.badge(item, i);
        html("span", {}, item, `${this.name(i)}: `);
        html("b", {}, item, peopleOf(a.value));
        item.append(a.low === a.high ? (a.provisional ? " published, provisional" : " published") : ` (${peopleOf(a.low)} to ${peopleOf(a.high)})`);
      }
    }
    this.drawStanding();
    for (const note of doc.notes) html("p", { class: "note" }, this.rest, note);
  }

  badge(parent, council) {
    const look = PALETTE.themes[this.theme].councils[(this.map.state.councils[council]?.[1] ?? council) % 8];
    const n = html("span", { class: "num", "aria-hidden": "true" }, parent, String(council + 1));
    n.style.background = look.strong;
    n.style.color = look.on_strong;
  }

  /** The options that it is placed among, or beside where it is none of them. */
  among(s) {
    const [p] = s.places, itself = !p || p.ahead + p.level + p.behind < s.of;
    const made = counted(s.councils, "council");
    if (itself) return `Where it stands of ${grouped(s.of)} splits with ${made}`;
    return `Where it would stand of ${grouped(s.of + 1)} splits with ${made}, this one included`;
  }

  drawStanding() {
    const { doc, map } = this, s = doc.standing, better = doc.offers.find((o) => o.kind === "better");
    if (!s || (s.why_not ? doc.warnings.some((w) => w.kind !== "sea") : s.of < 2)) return;
    // Until the server has placed this drawing, what stands here is of another.
    const box = html("div", { class: s.before ? "standing before" : "standing" }, this.rest);
    if (s.before) html("p", { class: "of-before" }, box, "Of the drawing before; this one is being placed.");
    html("span", { class: "label" }, box, s.why_not ? "Where it stands" : this.among(s));
    if (s.why_not) return void html("p", {}, box, s.why_not);
    const list = html("ul", {}, box);
    const order = ["size", "crossing", "money"];
    for (const p of [...s.places].sort((a, b) => order.indexOf(a.measure) - order.indexOf(b.measure))) {
      const [place, words] = sayPlace(p, this.chosen().called), item = html("li", {}, list);
      html("b", {}, item, place);
      const least = p.measure === "money" && doc.councils.length > 1 ? Math.min(...doc.councils.map((c) => c.residents)) : 0;
      item.append(` ${words}${least ? ` (smallest council ${peopleOf(least)} people)` : ""}`);
    }
    if (better) {
      const line = html("div", { class: "better" }, box);
      const bad = better.worse.length > 3 ? [...better.worse.slice(0, 2), "more"] : better.worse;
      const worse = bad.length ? `; worse on ${listed(bad)}` : "";
      html("span", {}, line, `${GOALS[better.goal][1]}: ${sayChanges(better.changes, (c) => this.name(c))}${worse}`);
      this.button(line, "better", "Show it", () => map.ghosts.open(better));
    }
  }
}
