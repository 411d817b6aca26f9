// The block that the pointer rests on: its outline, the tip beside it, the line below, and what giving it away would do.

class Hover {
  constructor(map) {
    this.map = map;
    this.index = -1;
  }

  stop() {
    clearTimeout(this.timer);
  }

  /** The pointer came to a block, or moved on it; -1 for none. `spot` is where, in pixels of the frame. */
  over(index, spot) {
    const { map } = this;
    if (index !== this.index) {
      this.index = index;
      map.view.mark(index);
    }
    this.lineAgain();
    if (index < 0) return this.hide();
    this.spot = spot;
    map.panel.showTip(index, spot);
    this.askSoon(index);
  }

  /** The line below: the block that the pointer rests on, else the one in hand. */
  lineAgain() {
    const { map } = this, passing = this.index >= 0 && this.index !== map.current;
    map.panel.showBlock(passing ? this.index : map.current, passing);
  }

  hide() {
    this.stop();
    this.map.panel.tip.hidden = true;
  }

  /** Show the tip again where it stood, with what is true now; `open` also shows it for the focused block. */
  tipAgain(open = false) {
    const { map } = this;
    if (!open && map.panel.tip.hidden) return;
    const index = this.index >= 0 ? this.index : map.current;
    if (index < 0) return;
    const b = map.geometry.blocks[index], { k, x, y } = map.zoom.at;
    map.panel.showTip(index, this.index >= 0 && this.spot ? this.spot : [b.x * k + x, b.y * k + y]);
    this.askSoon(index);
  }

  /** What giving a block to the council in hand would do, in words; "" where it is not known or would do nothing. */
  preview(index) {
    const { map } = this;
    if (map.ledger.pending.length || map.assignment[index] === map.selected) return "";
    const { code } = map.geometry.blocks[index], { previews, councils } = map.state;
    const found = previews.find((p) => p.code === code && p.council === map.selected) ?? map.local.preview(code);
    if (!found) return "";
    const lens = map.document?.lens ?? "middle", called = map.document?.costs.find((c) => c.lens === lens)?.called ?? "halfway";
    return sayPreview(found, map.assignment, index, councils, lens, called);
  }

  /** A reader who rests on a block may be told what giving it away would do. */
  askSoon(index) {
    this.stop();
    const { map } = this, { code } = map.geometry.blocks[index];
    if (!map.state.ask || map.assignment[index] === map.selected || this.preview(index)) return;
    const question = [code, map.selected, map.state.revision].join(" ");
    if (question === this.asked) return;
    this.timer = setTimeout(() => {
      if (map.ledger.pending.length) return;
      this.asked = question;
      map.ledger.flush({ ask: [code, map.selected] });
    }, 350);
  }
}
