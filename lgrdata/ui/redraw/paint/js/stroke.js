// A click or a drag: blocks change colour under the hand and the figures follow; the whole of it is one action.

/** A drag in progress: painted at once, recorded as one action when it ends. */
class Stroke {
  constructor(map) {
    this.map = map;
    this.was = null;
  }

  begin() {
    this.was = new Map();
    this.council = this.map.selected;
    this.refused = -1;
    this.stayed = -1;
  }

  over(index) {
    if (index < 0 || !this.was || this.was.has(index)) return;
    const { map } = this;
    if (map.assignment[index] === this.council) {
      if (this.stayed < 0) this.stayed = index;
      return;
    }
    if (map.refusal(index, this.council)) {
      if (!this.was.size) this.refused = index;
      return;
    }
    this.was.set(index, map.assignment[index]);
    map.assignment[index] = this.council;
    map.show();
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.was && map.answerHere());
  }

  end() {
    const { map, was } = this;
    this.was = null;
    if (!was) return;
    if (was.size) map.recordPaint([...was.keys()], this.council);
    else if (this.refused >= 0) map.panel.say(map.refusal(this.refused, this.council));
    else if (this.stayed >= 0) map.panel.say(sayUnmoved(map.geometry.blocks[this.stayed].name, this.council, map.state.councils));
  }

  undo() {
    if (!this.was) return;
    for (const [index, council] of this.was) this.map.assignment[index] = council;
    this.was = null;
    this.map.show();
    this.map.answer(this.map.local.document() ?? this.map.state.document);
  }
}
