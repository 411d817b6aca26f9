// Work that may wait until a click is on the screen: done when the browser is idle, and before anyone could miss it.

const SOON = 200;
const idle = (f) => (globalThis.requestIdleCallback ? requestIdleCallback(f, { timeout: SOON }) : setTimeout(f, 30));
const forget = (id) => (globalThis.cancelIdleCallback ? cancelIdleCallback(id) : clearTimeout(id));
// What shows, takes along or leaves the part that waits; what happens inside `apart` does not.
const LOOKS = ["beforeprint", "pagehide", "copy", "scroll", "wheel", "focusin", "pointerdown"];

export class Later {
  constructor(work, apart) {
    this.work = work;
    this.due = false;
    for (const name of LOOKS) {
      addEventListener(name, (e) => e.target !== apart && this.now(), { capture: true, passive: true });
    }
  }

  ask() {
    if (this.due) return;
    this.due = true;
    this.id = idle(() => this.now());
  }

  /** What was asked is no longer wanted. */
  leave() {
    if (this.due) forget(this.id);
    this.due = false;
  }

  now() {
    if (!this.due) return;
    this.leave();
    this.work();
  }
}
