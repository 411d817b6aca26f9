// What the server last said, and what the reader did since: shown together, sent until acknowledged.

const RESEND_AFTER = [2500, 5000, 10000];

class Ledger {
  constructor(send) {
    this.client = Math.random().toString(36).slice(2, 10);
    this.seq = 0;
    this.acked = 0;
    this.told = -1;
    this.pending = [];
    this.send = send;
    this.extras = () => ({});
    this.timer = 0;
    this.tries = 0;
  }

  /** Keep an action and send it, with all that the server has not yet taken. */
  record(action) {
    this.pending.push({ seq: ++this.seq, ...action });
    this.tries = 0;
    this.flush();
  }

  flush(more = {}) {
    clearTimeout(this.timer);
    const extras = this.extras();
    this.told = extras.selected;
    this.send({ client: this.client, actions: this.pending, ...extras, ...more });
    // A run that another widget cuts short never acknowledges; numbers make telling it again harmless.
    if (this.pending.length && this.tries < RESEND_AFTER.length) {
      this.timer = setTimeout(() => this.flush(), RESEND_AFTER[this.tries++]);
    }
  }

  /** The server's answer: base arrays, and the last number it took from this browser. */
  settle([client, seq]) {
    if (client === this.client && seq > this.acked) this.acked = seq;
    this.pending = this.pending.filter((a) => a.seq > this.acked);
    if (!this.pending.length) clearTimeout(this.timer);
  }

  /** The base with pending actions on top: { assignment, locked, councilLocked }, all new. */
  standing(base, places, most = Infinity) {
    const assignment = Int8Array.from(base.assignment);
    const locked = new Set(base.locked);
    const councilLocked = base.councils.map((c) => c[2]);
    for (const a of this.pending.slice(0, most)) {
      if (a.type === "paint") {
        for (const code of a.codes) if (places.has(code)) assignment[places.get(code)] = a.council;
      } else if (a.type === "accept") {
        for (const [code, council] of a.changes) if (places.has(code)) assignment[places.get(code)] = council;
      } else if (a.type === "lock" && places.has(a.codes[0])) {
        if (a.locked) locked.add(places.get(a.codes[0]));
        else locked.delete(places.get(a.codes[0]));
      } else if (a.type === "lock_council") {
        councilLocked[a.council] = a.locked;
      }
    }
    return { assignment, locked, councilLocked };
  }

  stop() {
    clearTimeout(this.timer);
  }
}
