// Stands in for the server of the painted map: takes the reader's acts, answers with what stands.

const DARK = matchMedia("(prefers-color-scheme: dark)");

export class Host {
  constructor(node, geometry, session, changed) {
    this.session = session;
    this.geometry = geometry;
    this.changed = changed;
    this.taken = 0;
    this.client = "";
    this.map = new paintedMap.PaintedMap(node.attachShadow({ mode: "open" }));
    this.texts = new Map();
  }

  /** The blocks to show, as the map's script reads them; kept by which authorities are shown by wards. */
  blocks() {
    const { wards = {} } = this.geometry, shown = this.session.byWards().filter((code) => wards[code]);
    const id = shown.join(" ") || "whole";
    if (!this.texts.has(id)) {
      const { title, view, metres, context, authorities } = this.geometry;
      const rows = authorities.flatMap((row) => (shown.includes(row[0]) ? wards[row[0]] : [row]));
      this.texts.set(id, { id, rows, text: JSON.stringify({ title, view, metres, blocks: rows, context }) });
    }
    return this.texts.get(id);
  }

  councilOf(code) {
    const { area, split } = this.session, w = area.wardIndex.get(code);
    return w === undefined ? split.authority[area.authorityIndex.get(code)] : split.ward[w];
  }

  draw(height, above) {
    const { session } = this, { split } = session, { id, rows, text } = this.blocks();
    const places = new Map(rows.map((row, n) => [row[0], n]));
    const state = {
      assignment: rows.map((row) => this.councilOf(row[0])),
      councils: split.names.map((name, c) => [name, session.colour(c), session.councils.has(name)]),
      locked: [...session.blocks].filter((c) => places.has(c)).map((c) => places.get(c)).sort((a, b) => a - b),
      selected: session.selected,
      revision: session.revision,
      add: split.names.length < session.area.sheet.most_councils,
      wards: Boolean(this.geometry.wards),
      show: [0, []],
      document: session.document(),
      offer: [0, ""],
      ask: true,
      previews: session.previews,
    };
    [this.height, this.above] = [height ?? this.height, above ?? this.above];
    const data = { ack: [this.client, this.taken], geometry: id, height: this.height, above: this.above, dark: DARK.matches, state };
    this.map.update(data, text, (payload) => this.take(payload));
  }

  /** The map's message: acts not yet taken, in order; then the answer, at once. */
  take(payload) {
    const { session } = this;
    if (payload.client !== this.client) [this.client, this.taken] = [payload.client, 0];
    session.message = "";
    let acted = false;
    if (typeof payload.selected === "number") session.selected = payload.selected;
    for (const action of payload.actions) {
      if (action.seq <= this.taken) continue;
      this.taken = action.seq;
      acted = true;
      try {
        session.act(action);
      } catch (fault) {
        session.message = `${fault.message.charAt(0).toUpperCase()}${fault.message.slice(1)}.`;
      }
    }
    if (payload.ask) session.previews = [...session.previews, lgrEngine.deskPreview(session.area, session.split, ...payload.ask)].slice(-40);
    if (!acted && !payload.ask) return;
    this.draw();
    if (acted) this.changed();
  }
}
