// Answers before the server does: the engine works out the drawing on the map, from a sheet that came with it.

const NEARLY = 0.005;
const DISAGREED = "The figures that stood here at once, after your last move, were wrong. Those that stand now are the "
  + "server’s, and from now on only the server answers. Whoever runs this page has been told.";
const LOCAL_ACTS = ["paint", "accept", "lock", "lock_council"];

class Local {
  constructor(map) {
    this.map = map;
    this.id = "";
    this.area = null;
    this.made = null;
  }

  /** Take the area's sheet; without one, or with one of another version, only the server answers. */
  learn(id, text) {
    if (id === this.id) return;
    this.id = id;
    this.area = null;
    this.made = null;
    if (!text) return;
    try {
      this.area = lgrEngine.readArea(JSON.parse(text));
    } catch (fault) {
      this.failed("sheet", fault);
    }
  }

  /** The split of an assignment, marked as the proposal whose lines it has. */
  split(assignment) {
    const { area, map } = this, names = map.state.councils.map((c) => c[0]);
    const authority = area.authorities.code.map(() => -1), ward = area.wards.code.map(() => -1);
    map.geometry.blocks.forEach((b, index) => {
      const council = assignment[index], i = area.authorityIndex.get(b.code);
      if (i === undefined) ward[area.wardIndex.get(b.code)] = council;
      else {
        authority[i] = council;
        for (const w of area.wardsOf[i]) ward[w] = council;
      }
    });
    const drawn = lgrEngine.fromArrays(area, authority, ward, names), known = lgrEngine.recognise(area, drawn);
    return known ? { ...drawn, proposal: known.proposal, basis: known.basis } : drawn;
  }

  /** The document of the drawing that stands, a stroke under way with it; null where only the server can say. */
  document() {
    const { map, area } = this, { pending } = map.ledger, last = map.document, drawing = Boolean(map.stroke.was?.size);
    if (!area || !last || !(pending.length || drawing) || pending.some((a) => !LOCAL_ACTS.includes(a.type))) return null;
    try {
      const split = this.split(map.assignment), most = drawing ? Infinity : -1;
      const before = this.split(map.ledger.standing(map.state, map.geometry.places, most).assignment);
      const made = lgrEngine.deskDocument(area, split, { lens: last.lens, before });
      // A stroke under way is not yet told to the server, so no answer of its is about it.
      this.made = drawing ? null : { sign: this.sign(map.assignment), document: made };
      // The server's place and offers are of the drawing it last saw: where that is this one they hold.
      const same = this.sign(map.assignment) === this.sign(Int8Array.from(map.state.assignment)), kept = map.state.document;
      const offers = [...made.offers, ...(same ? kept.offers.filter((o) => o.kind !== "repair") : [])];
      return { ...made, offers, standing: kept.standing && { ...kept.standing, before: !same } };
    } catch (fault) {
      return this.failed("engine", fault);
    }
  }

  /** The engine cannot answer here: from now on the server alone does, and is told. */
  failed(what, fault) {
    console.error(`lgr: ${fault.message}`);
    this.area = this.made = null;
    this.map.ledger.flush({ wrong: [what] });
    return null;
  }

  /** What giving a block to the council in hand would do; null where only the server can say. */
  preview(code) {
    const { map, area } = this;
    if (!area || map.ledger.pending.length) return null;
    const sign = `${this.sign(map.assignment)} ${code} ${map.selected}`;
    if (this.previewed?.sign !== sign) {
      try {
        this.previewed = { sign, found: lgrEngine.deskPreview(area, this.split(map.assignment), code, map.selected) };
      } catch (fault) {
        this.previewed = { sign, found: this.failed("engine", fault) };
      }
    }
    return this.previewed.found;
  }

  sign(assignment) {
    return JSON.stringify([...assignment, ...this.map.state.councils.map((c) => c[0])]);
  }

  /**
   * Hold what was answered here against the server's answer to the same drawing. A difference is logged here and on the
   * server, and said; from now on the server alone answers.
   */
  compare(document) {
    const { made, map } = this;
    if (!made || map.ledger.pending.length || made.sign !== this.sign(map.assignment)) return;
    this.made = null;
    const wrong = [...new Set(this.differences(made.document, document))];
    if (!wrong.length) return;
    console.error(`lgr: figures worked out here differ from the server's: ${wrong.join("; ")}`);
    this.area = null;
    map.answers.disagreed = true;
    map.panel.announce(DISAGREED);
    map.ledger.flush({ wrong });
  }

  *differences(own, server) {
    const near = (a, b) => a === b || (a !== null && b !== null && Math.abs(a - b) <= NEARLY);
    for (const [c, council] of server.councils.entries()) {
      if (own.councils[c]?.residents !== council.residents) yield "residents";
      if (JSON.stringify(own.councils[c]?.adults) !== JSON.stringify(council.adults)) yield "adults";
    }
    for (const [n, { lens, money }] of server.costs.entries()) {
      for (const [key, value] of Object.entries(money)) if (!near(own.costs[n].money[key], value)) yield `${lens} ${key}`;
    }
    if (!near(own.crossing?.share ?? null, server.crossing?.share ?? null)) yield "crossing";
    if (JSON.stringify(own.warnings) !== JSON.stringify(server.warnings)) yield "warnings";
  }
}
