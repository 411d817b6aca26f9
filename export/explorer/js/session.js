// What one reader is drawing: the split, what came before and after it, locks, colours, evidence; and what acts do to it.

export class Session {
  constructor(area, split, title) {
    this.area = area;
    this.split = split;
    this.start = { split, title };
    this.past = [];
    this.future = [];
    this.blocks = new Set();
    this.councils = new Set();
    this.colours = new Map();
    this.opened = new Set();
    this.selected = 0;
    this.lens = "middle";
    this.previews = [];
    this.compared = [];
    this.revision = 0;
    this.message = "";
  }

  /** Take a split in place of the one that stands; undo brings that back. */
  change(split) {
    if (split === this.split) return;
    this.past.push(this.split);
    this.future = [];
    this.stand(split);
  }

  stand(split) {
    const known = split.proposal === "today" ? null : lgrEngine.recognise(this.area, split);
    const marks = known ? { proposal: known.proposal, basis: known.basis } : { proposal: null, basis: "drawn" };
    this.split = split.proposal === "today" ? split : { ...split, ...marks };
    this.selected = Math.min(this.selected, split.names.length - 1);
    this.previews = [];
    this.revision += 1;
  }

  /** Begin anew from a split that has a name. */
  open(split, title) {
    this.change(split);
    this.start = { split: this.split, title };
    this.blocks.clear();
    this.councils.clear();
  }

  /** Locks as an address gives them; with null, those that stand stay. */
  keep(locks) {
    if (locks) [this.councils, this.blocks] = [locks.councils, locks.blocks];
  }

  undo() {
    if (!this.past.length) return;
    this.future.push(this.split);
    this.stand(this.past.pop());
  }

  redo() {
    if (!this.future.length) return;
    this.past.push(this.split);
    this.stand(this.future.pop());
  }

  reset() {
    this.changeFree(this.start.split);
  }

  colour(council) {
    return (this.colours.get(this.split.names[council]) ?? council) % 8;
  }

  /** Whether a lock keeps a block where it is: its own, its authority's or its council's. */
  holds(code) {
    const { area, split } = this;
    const w = area.wardIndex.get(code), i = area.authorityIndex.get(code) ?? area.wards.authority[w];
    const council = w === undefined ? split.authority[i] : split.ward[w];
    return this.blocks.has(code) || this.blocks.has(area.authorities.code[i])
      || (council >= 0 && this.councils.has(split.names[council]));
  }

  /** Names of what is locked and would not stay as it is in another split: councils, then blocks. */
  broken(after) {
    const { area, split } = this, { wards, authorities } = area;
    if (!this.councils.size && !this.blocks.size) return [];
    // Councils that go on: by name, as locks are held; else by the residents they share.
    const named = split.names.flatMap((name, c) => (after.names.includes(name) ? [[c, after.names.indexOf(name)]] : []));
    const alike = [...lgrEngine.matched(area, split, after)].filter(([, n]) => !named.some(([, taken]) => taken === n));
    const then = new Map([...alike, ...named]), moves = lgrEngine.changes(area, split, after, then);
    const councils = split.names.filter(
      (name, c) => this.councils.has(name) && moves.some((m) => m.before === c || (m.after >= 0 && m.after === then.get(c))));
    const blocks = moves.flatMap(({ code }) => {
      const i = area.authorityIndex.get(code), w = area.wardIndex.get(code);
      const own = i === undefined ? [code, authorities.code[wards.authority[w]]] : [code, ...area.wardsOf[i].map((n) => wards.code[n])];
      return own.filter((c) => this.blocks.has(c)).map((c) => lgrEngine.blockName(area, c));
    });
    return [...new Set([...councils, ...blocks])];
  }

  /** Take a split in place of the one that stands. Throws where something that is locked would not stay. */
  changeFree(after) {
    const held = this.broken(after), named = [...held.slice(0, 3), ...(held.length > 3 ? [`${held.length - 3} more`] : [])];
    if (!held.length) return this.change(after);
    const told = named.length > 1 ? `${named.slice(0, -1).join(", ")} and ${named.at(-1)} are` : `${named[0]} is`;
    throw new Error(`${told} locked, so nothing was changed`);
  }

  /** One act of the reader, as the painted map tells it. Throws an Error in words where it cannot be done. */
  act(action) {
    const { area, split } = this, code = action.codes?.[0];
    switch (action.type) {
      case "paint":
        if (this.councils.has(split.names[action.council])) return undefined;
        return this.change(lgrEngine.give(area, split, action.codes.filter((c) => !this.holds(c)), action.council));
      case "undo": return this.undo();
      case "redo": return this.redo();
      case "lock": return void (action.locked ? this.blocks.add(code) : this.blocks.delete(code));
      case "lock_council": {
        const name = split.names[action.council];
        return void (action.locked ? this.councils.add(name) : this.councils.delete(name));
      }
      case "open": return void this.opened.add(code);
      case "close":
        this.changeFree(lgrEngine.makeWhole(area, split, code));
        return void this.opened.delete(code);
      case "add": return this.add();
      case "accept": return this.accept(action.offer);
      default: return undefined;
    }
  }

  /** Another council, taken in hand, in a colour that is free. */
  add() {
    this.change(lgrEngine.addCouncil(this.area, this.split));
    this.selected = this.split.names.length - 1;
    const used = new Set(this.split.names.slice(0, -1).map((_, c) => this.colour(c)));
    const free = [0, 1, 2, 3, 4, 5, 6, 7].find((n) => !used.has(n));
    if (free !== undefined) this.colours.set(this.split.names[this.selected], free);
    // The lock of a council that went under this name is not the new one's.
    this.councils.delete(this.split.names[this.selected]);
  }

  /** A council gone, and its lock; the others keep their colours. */
  remove(council) {
    const { names } = this.split, shades = names.map((_, c) => this.colour(c));
    this.changeFree(lgrEngine.removeCouncil(this.area, this.split, council));
    this.councils.delete(names[council]);
    names.forEach((name, c) => c > council && this.colours.set(name, shades[c]));
  }

  rename(council, name) {
    const old = this.split.names[council], shade = this.colour(council), locked = this.councils.delete(old);
    this.change(lgrEngine.rename(this.split, council, name));
    const now = this.split.names[council];
    this.colours.set(now, shade);
    if (locked) this.councils.add(now);
    else this.councils.delete(now);
  }

  /** A change that was offered, where it is still offered and nothing of it is locked. */
  accept(id) {
    if (id === "reset") return this.reset();
    const fault = lgrEngine.faults(this.area, this.split)[Number(id.replace("repair-", ""))];
    if (!fault?.mend) throw new Error("what was offered no longer fits the drawing");
    return fault.mend.remove === null ? this.changeFree(lgrEngine.applyMend(this.area, this.split, fault.mend)) : this.remove(fault.mend.remove);
  }

  /** Authorities to show by wards: opened ones, and those that are divided. */
  byWards() {
    const { code } = this.area.authorities;
    return code.filter((own, i) => this.opened.has(own) || this.split.authority[i] === lgrEngine.DIVIDED);
  }

  document() {
    const before = this.past.at(-1) ?? null;
    const made = lgrEngine.deskDocument(this.area, this.split, { lens: this.lens, before, start: this.start });
    return { ...made, standing: lgrEngine.standing(this.area, this.split, this.lens) };
  }
}
