// The keyboard: one tab stop, arrows between blocks, digits choose, Enter paints. `KEYS` is also the list shown.

const KEYS = [
  ["Arrow keys", "go to the next place that way"],
  ["1 to 8", "choose a council"],
  ["Enter or Space", "give the place to it"],
  ["Delete", "give the place to nobody"],
  ["L, Shift + L", "lock or unlock the place, the council"],
  ["W", "divide by wards, or make whole"],
  ["+  −  0", "zoom in, out, show all"],
  ["Shift + arrows, Space + drag", "move the map"],
  ["Ctrl + Z, Ctrl + Shift + Z", "undo, redo"],
  ["Escape", "leave the map"],
];

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function keysOf(map) {
  return (e) => {
    const onMap = e.target.classList?.contains("block");
    const command = e.ctrlKey || e.metaKey;
    // Streamlit has shortcuts of its own; what the map understands must not reach them.
    const take = (f) => {
      e.preventDefault();
      e.stopPropagation();
      f();
    };
    if (command && e.key.toLowerCase() === "z") return take(() => map.act({ type: e.shiftKey ? "redo" : "undo" }));
    if (command && e.key.toLowerCase() === "y") return take(() => map.act({ type: "redo" }));
    if (!onMap || command || e.altKey) return undefined;
    if (ARROWS[e.key]) {
      const [dx, dy] = ARROWS[e.key];
      if (e.shiftKey) return take(() => map.zoom.pan(-60 * dx, -60 * dy));
      return take(() => map.step(dx, dy));
    }
    if (/^[1-8]$/.test(e.key)) return take(() => map.choose(Number(e.key) - 1));
    switch (e.key) {
      case "Enter": return take(() => map.paintOne(map.current));
      case " ": return take(() => { if (!e.repeat) map.pointer.space = true; });
      case "Delete": case "Backspace": return take(() => map.paintOne(map.current, -1));
      case "l": return take(() => map.toggleLock(map.current));
      case "L": return take(() => map.toggleCouncilLock(map.selected));
      case "w": case "W": return take(() => map.divide(map.current));
      case "+": case "=": return take(() => map.zoom.by(1.4));
      case "-": case "−": case "_": return take(() => map.zoom.by(1 / 1.4));
      case "0": return take(() => map.zoom.reset());
      case "Escape": return take(() => map.leave());
      case "Home": return take(() => map.focusBlock(0));
      case "End": return take(() => map.focusBlock(map.geometry.blocks.length - 1));
      default:
        if (e.key.length === 1) e.stopPropagation();
        return undefined;
    }
  };
}

/** Space paints on release, so that Space held with a drag moves the map instead. */
function spaceUp(map) {
  return (e) => {
    if (e.key !== " " || !map.pointer.space) return;
    map.pointer.space = false;
    e.preventDefault();
    if (map.spaceMoved) map.spaceMoved = false;
    else map.paintOne(map.current);
  };
}
