// The page: opens what the address names, draws, and keeps tables, address and links in step with the drawing.

import { queryOf, readAddress, sealed, textOf } from "./address.js";
import { Host } from "./host.js";
import { Later } from "./later.js";
import { listOf, readFile } from "./lists.js";
import { counted, make, put } from "./parts.js";
import { Session } from "./session.js";
import { borderTable, comparison, councilTable, moneyTable, standingList } from "./tables.js";

const at = (id) => document.getElementById(id);
const held = (id) => JSON.parse(at(id).textContent);

export function begin() {
  const { app, names } = held("settings"), area = lgrEngine.readArea(held("sheet")), geometry = held("geometry");
  const first = readAddress(area, location.hash, names);
  const opening = first.split ?? lgrEngine.ofDrawing(area, area.sheet.drawings.find((d) => d.names.length > 1) ?? area.sheet.drawings[0]);
  const session = new Session(area, opening, titleOf(area, opening));
  session.stand(opening);
  session.start = { split: session.split, title: titleOf(area, opening) };
  session.past = [];
  session.lens = first.lens ?? "middle";
  session.keep(first.locks);
  const page = new Page(area, session, geometry, { app, others: names });
  page.say(first.message);
  return page;
}

export function titleOf(area, split) {
  if (split.proposal === "today") return "Today’s councils";
  return area.sheet.drawings.find((d) => d.proposal === split.proposal && d.basis === split.basis)?.title ?? "the drawing in the link";
}

class Page {
  constructor(area, session, geometry, settings) {
    Object.assign(this, { area, session, ...settings });
    this.host = new Host(at("desk"), geometry, session, () => this.drawn());
    this.below = new Later(() => this.follow(), at("desk"));
    this.choosers();
    this.buttons();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.host.draw());
    addEventListener("hashchange", () => this.readHash());
    this.host.draw(560, Math.round(at("desk").getBoundingClientRect().top + scrollY) + 8);
    this.drawn();
  }

  effects() {
    return lgrEngine.effects(this.area, this.session.split);
  }

  say(text) {
    at("told").textContent = text;
    at("told").hidden = !text;
  }

  choosers() {
    const { area, session } = this, open = at("open");
    const named = [["today", "Today’s councils"], ...area.sheet.drawings.map((d, n) => [String(n), basisWords(area, d)])];
    this.other = make("option", { value: "" });
    open.append(this.other, ...named.map(([value, title]) => make("option", { value }, title)));
    open.addEventListener("change", () => {
      if (!open.value) return;
      const split = open.value === "today" ? lgrEngine.today(area) : lgrEngine.ofDrawing(area, area.sheet.drawings[Number(open.value)]);
      session.open(split, titleOf(area, split));
      this.redraw();
    });
    const compare = at("compare");
    for (const [value, title] of named) {
      const box = make("input", { type: "checkbox", value });
      box.addEventListener("change", () => {
        session.compared = [...compare.querySelectorAll("input:checked")].map((b) => b.value);
        this.tables();
      });
      compare.append(make("label", {}, box, ` ${title}`));
    }
    at("evidence").value = session.lens;
    at("evidence").addEventListener("change", () => {
      session.lens = at("evidence").value;
      this.redraw();
    });
  }

  buttons() {
    const { session } = this;
    const on = (id, act) => at(id).addEventListener("click", () => {
      session.message = "";
      act();
    });
    on("undo", () => { session.undo(); this.redraw(); });
    on("redo", () => { session.redo(); this.redraw(); });
    on("reset", () => this.trying(() => session.reset()));
    on("print", () => {
      this.below.now();
      print();
    });
    on("copy", () => this.copy());
    on("save", () => this.save());
    on("lock-all", () => { session.councils = new Set(session.split.names); this.redraw(); });
    on("unlock-all", () => { session.councils.clear(); session.blocks.clear(); this.redraw(); });
    at("file").addEventListener("change", async () => {
      const [file] = at("file").files;
      at("file").value = "";
      if (file) this.take(file.name, new Uint8Array(await file.arrayBuffer()));
    });
    addEventListener("keydown", (e) => {
      if (!(e.ctrlKey || e.metaKey) || e.target.closest?.("input, select, textarea") || e.key.toLowerCase() !== "z") return;
      e.preventDefault();
      if (e.shiftKey) session.redo();
      else session.undo();
      this.redraw();
    });
  }

  take(name, bytes) {
    try {
      const { split, notes } = readFile(this.area, bytes, this.others);
      this.session.open(split, name);
      const told = notes.length ? ` ${notes.map((n) => n.charAt(0).toUpperCase() + n.slice(1)).join(". ")}.` : "";
      this.session.message = `${name} was read: ${counted(split.names.length, "council")}.${told}`;
    } catch (fault) {
      this.session.message = `${name}: ${fault.message}.`;
    }
    this.redraw();
  }

  save() {
    const blob = new Blob(["\ufeff", listOf(this.area, this.session.split)], { type: "text/csv" });
    const link = make("a", { href: URL.createObjectURL(blob), download: `${this.area.sheet.area.id}-councils.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  async copy() {
    this.below.now();
    try {
      await navigator.clipboard.writeText(location.href);
      this.say("The link is copied. Whoever opens this page with it sees this drawing.");
    } catch {
      this.say(`Copy this address: ${location.href}`);
    }
  }

  readHash() {
    if (location.hash === this.hash) return;
    this.below.leave();
    const found = readAddress(this.area, location.hash, this.others);
    if (found.lens) this.session.lens = at("evidence").value = found.lens;
    if (found.split) this.session.open(found.split, titleOf(this.area, found.split));
    this.session.keep(found.locks);
    this.session.message = found.message;
    this.redraw();
  }

  redraw() {
    this.host.draw();
    this.drawn();
  }

  /** What follows a drawing at once; the rest as soon as the drawing is on the screen. */
  drawn() {
    const { session } = this;
    at("undo").disabled = !session.past.length;
    at("redo").disabled = !session.future.length;
    at("reset").disabled = lgrEngine.sameLines(session.split, session.start.split);
    this.say(session.message);
    this.called();
    this.below.ask();
  }

  /** Address, links, names and tables. */
  follow() {
    const { session, area, app } = this;
    const query = queryOf(area, session.split, session.lens, session);
    this.hash = `#${textOf(sealed(query))}`;
    history.replaceState(null, "", this.hash);
    const whole = textOf(sealed([["area", area.sheet.area.id], ...query]));
    if (app) at("app").href = `${app}/redraw?${whole}`;
    else at("app-query").textContent = `?${whole}`;
    this.names();
    this.tables();
  }

  tables() {
    const { session, area } = this, done = lgrEngine.effects(area, session.split, true);
    put(at("councils"), councilTable(done, area.sheet.vintage));
    put(at("money"), moneyTable(done, area.sheet.prices));
    put(at("borders"), borderTable(done));
    put(at("mind"), ...(done.warnings.length ? done.warnings : ["Nothing: every place has a council, each council is in one piece."])
      .map((w) => make("li", {}, w)));
    put(at("stands"), standingList(lgrEngine.standings(area, session.split)));
    const others = session.compared.map((value) => {
      const split = value === "today" ? lgrEngine.today(area) : lgrEngine.ofDrawing(area, area.sheet.drawings[Number(value)]);
      return [titleOf(area, split), lgrEngine.effects(area, split, true)];
    });
    put(at("side-by-side"), ...(others.length ? [comparison([["As drawn", done], ...others])] : []));
  }

  /** The chooser says which split is drawn, or what a drawing began with. */
  called() {
    const { split, start } = this.session, { drawings } = this.area.sheet;
    const at = split.proposal === "today" ? "today" : drawings.findIndex((d) => d.proposal === split.proposal && d.basis === split.basis);
    const own = lgrEngine.sameLines(split, start.split) ? start.title : `changed from ${start.title}`;
    this.other.textContent = at === -1 ? own.charAt(0).toUpperCase() + own.slice(1) : "Open a split";
    document.getElementById("open").value = at === -1 ? "" : String(at);
  }

  /** A name, a lock and a way out for each council. */
  names() {
    const { session } = this, { names } = session.split, box = at("names"), sign = JSON.stringify([names, [...session.councils]]);
    if (sign === this.named) return;
    this.named = sign;
    box.replaceChildren(...names.map((name, c) => {
      const input = make("input", { type: "text", value: name, maxlength: "80", "aria-label": `Name of council ${c + 1}` });
      input.addEventListener("change", () => this.trying(() => session.rename(c, input.value)));
      const lock = make("input", { type: "checkbox" });
      lock.checked = session.councils.has(name);
      lock.addEventListener("change", () => this.trying(() => session.act({ type: "lock_council", council: c, locked: lock.checked })));
      const gone = make("button", { type: "button", "aria-label": `Remove ${name}` }, "Remove");
      gone.disabled = names.length === 1;
      gone.addEventListener("click", () => this.trying(() => session.remove(c)));
      return make("div", { class: "council" }, input, make("label", {}, lock, " Lock"), gone);
    }));
  }

  trying(act) {
    try {
      this.session.message = "";
      act();
    } catch (fault) {
      this.session.message = `${fault.message.charAt(0).toUpperCase()}${fault.message.slice(1)}.`;
      this.named = "";
    }
    this.redraw();
  }
}

const basisWords = (area, drawing) =>
  drawing.title + (drawing.basis === "nearest-whole" ? " (nearest map of whole districts)" : drawing.basis === "exact-parts" ? " (by wards)" : "");
