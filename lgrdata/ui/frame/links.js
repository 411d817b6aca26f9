function oneStepBack() {
  if (window.lgrPush) return;
  window.lgrPush = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  let acted = true, moved = false;
  for (const kind of ["pointerdown", "keydown"])
    document.addEventListener(kind, () => { acted = true; moved = false; }, true);
  window.addEventListener("popstate", () => { acted = false; moved = true; }, true);
  // The address of a page that Back has left by now, told late.
  const late = (address) => moved && new URL(address ?? location.href, location.href).pathname !== location.pathname;
  history.replaceState = (state, title, address) => { if (!late(address)) replace(state, title, address); };
  history.pushState = (state, title, address) => {
    if (late(address)) return;
    const to = new URL(address ?? location.href, location.href);
    const here = new URLSearchParams(location.search), there = [...to.searchParams.keys()];
    const same = to.pathname === location.pathname;
    // A part of the next page, told before the page itself: it does not belong to the page that is left.
    if (same && here.has("area") && there.length && !there.includes("area")) return;
    const filled = [...here].every(([key, value]) => to.searchParams.get(key) === value);
    if (same && !acted && filled) history.replaceState(state, title, address);
    else window.lgrPush(state, title, address);
    acted = false;
  };
}
function followTheme(tell) {
  if (window.lgrTheme) window.lgrTheme.onchange = null;
  window.lgrTheme = matchMedia("(prefers-color-scheme: dark)");
  // Drawings are made for a theme on the server; the app itself changes at once.
  window.lgrTheme.onchange = () => setTimeout(() => tell("theme", Date.now()), 300);
}
function skipLink() {
  const main = document.querySelector('[data-testid="stMain"]');
  if (!main || document.querySelector(".lgr-skip")) return;
  main.id ||= "lgr-main";
  const link = Object.assign(document.createElement("a"), { className: "lgr-skip", href: `#${main.id}` });
  link.textContent = "Skip to the page";
  link.onclick = (event) => {
    event.preventDefault();
    toHeading();
  };
  document.body.prepend(link);
}
function toHeading() {
  const heading = document.querySelector('[data-testid="stMain"] h1');
  if (!heading) return;
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
}
/** Where the reader was on each page, so that Back returns there and not to the page's head. */
function keepPlaces() {
  if (window.lgrPlaces) return;
  window.lgrPlaces = new Map();
  document.addEventListener("scroll", ({ target }) => {
    if (target.dataset?.testid === "stMain" && window.lgrBack === undefined) window.lgrPlaces.set(location.pathname, target.scrollTop);
  }, true);
  window.addEventListener("popstate", (event) => {
    if (!event.isTrusted) return;
    window.lgrBack = window.lgrPlaces.get(location.pathname);
    setTimeout(() => delete window.lgrBack, 8000);
  }, true);
}
function backTo(place) {
  const main = document.querySelector('[data-testid="stMain"]');
  let tries = 0;
  const stop = () => { clearInterval(timer); delete window.lgrBack; };
  // The page grows as it is drawn; whoever scrolls meanwhile has the say.
  const timer = setInterval(() => {
    main.scrollTo(0, place);
    if (Math.abs(main.scrollTop - place) < 2 || ++tries > 50) stop();
  }, 100);
  for (const kind of ["pointerdown", "keydown", "wheel"]) document.addEventListener(kind, stop, { capture: true, once: true });
}
/** The menu of a narrow window lies over the page: Streamlit closes it on a phone alone, not in a window as small. */
function closeMenu() {
  document.querySelector('[data-testid="stSidebarCollapseButton"] [aria-expanded="true"]')?.click();
}
/** After another page or area: to its heading, so that keys and screen readers go on from there. */
function arrive(here) {
  const before = window.lgrHere;
  window.lgrHere = here;
  if (before === undefined || before === here) return;
  closeMenu();
  // A link to a row takes the reader to that row.
  if (location.hash) return;
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  toHeading();
  if (window.lgrBack) backTo(window.lgrBack);
}
/** A place to drop a file has a name, and Streamlit marks it as presentation all the same: it is a group. */
function namedDrops() {
  if (window.lgrDrops) return;
  const drops = '[data-testid="stFileUploaderDropzone"][role="presentation"]';
  const mend = () => document.querySelectorAll(drops).forEach((drop) => drop.setAttribute("role", "group"));
  window.lgrDrops = new MutationObserver(mend);
  window.lgrDrops.observe(document.body, { childList: true, subtree: true });
  mend();
}
export default function ({ data, setTriggerValue }) {
  oneStepBack();
  keepPlaces();
  skipLink();
  namedDrops();
  arrive(`${data.path} ${data.arrivals}`);
  toAnchor();
  tellTables(data.version);
  followTheme(setTriggerValue);
  if (window.lgrSoftLinks) document.removeEventListener("click", window.lgrSoftLinks, true);
  window.lgrSoftLinks = (event) => {
    const link = event.target.closest?.(".lgr-view a[href], .lgr-foot a[href]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || link.target === "_blank" || link.origin !== location.origin) return;
    if (link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    delete document.documentElement.dataset.lgrAnchor;
    history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  };
  document.addEventListener("click", window.lgrSoftLinks, true);
}
