// What a reader may take of a table: the address of its place, its cells as CSV, a line to cite it by.
// The cells are read where they stand, so that the file says what the page shows. Safe as lgrdata/core/cells.py.
const FORMULA = /^'*(\s*[=+\-@＝＋－＠]|[\t\n])/;
const NUMBER = /^ *[+\-−]?£?(\d[\d,]*(\.\d*)?|\.\d+)(e[+\-]?\d+)?%?\s*$/i;
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f]/g;

function csvCell(text) {
  const seen = text.replaceAll("\u00a0", " ").trim().replace(UNSEEN, "");
  const safe = FORMULA.test(seen) && !NUMBER.test(seen) ? `'${seen}` : seen;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
function csvOf(rows) {
  return "\ufeff" + rows.map((row) => row.map(csvCell).join(",") + "\r\n").join("");
}
/** The frame of the table that a fold stands below, and the note between the two. */
function tableAbove(fold) {
  let node = fold.previousElementSibling, note = "";
  while (node && !node.matches(".lgr-scroll")) {
    note = node.innerText;
    node = node.previousElementSibling;
  }
  return { frame: node, note };
}
function citation(frame, version) {
  const page = document.title.split(" – ").reverse().join(", "), called = frame.querySelector("caption").innerText.trim();
  return `${page}: “${called}”. Data version ${version}. ${location.href.split("#")[0]}#${frame.id}`;
}
function takeTable(fold, version) {
  const { frame, note } = tableAbove(fold);
  const rows = [...frame.querySelectorAll("tr")].map((row) => [...row.cells].map((cell) => cell.innerText));
  const about = { Note: note, Source: fold.dataset.source, Cite: citation(frame, version) };
  const told = Object.entries(about).filter(([, text]) => text);
  const file = URL.createObjectURL(new Blob([csvOf([...rows, [], ...told])], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: file, download: `${frame.id.replace("table-", "")}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(file), 10000);
}
/** Fill an open fold; its words follow the address, which holds what is on the desk. */
function tellTable(fold, version) {
  const { frame } = tableAbove(fold);
  if (!frame) return;
  let told = fold.querySelector("p");
  if (!told) {
    told = fold.appendChild(document.createElement("p"));
    const link = Object.assign(document.createElement("a"), { textContent: "Link to this table" });
    const take = Object.assign(document.createElement("button"), { type: "button", textContent: "CSV of this table" });
    take.onclick = () => takeTable(fold, window.lgrVersion);
    told.append(link, take, document.createElement("span"));
  }
  told.querySelector("a").href = `#${frame.id}`;
  told.querySelector("span").textContent = citation(frame, version);
}
function tellTables(version) {
  window.lgrVersion = version;
  const open = () => document.querySelectorAll(".lgr-take[open]").forEach((fold) => tellTable(fold, window.lgrVersion));
  open();
  if (window.lgrTables) return;
  window.lgrTables = open;
  document.addEventListener("toggle", ({ target }) => target.matches?.(".lgr-take[open]") && open(), true);
  // The address may be written after the page.
  document.addEventListener("pointerover", ({ target }) => target.closest?.(".lgr-take") && open(), true);
}
/** Open the folds and the tab that hold a place. Streamlit keeps for itself what it has open: there its own knob is used. */
function reveal(place) {
  for (let node = place; node; node = node.parentElement) {
    if (node.tagName === "DETAILS" && !node.open) {
      if (node.parentElement.dataset.testid === "stExpander") node.querySelector("summary").click();
      else node.open = true;
    } else if (node.dataset.testid === "stTabPanel") {
      const panels = [...node.parentElement.children].filter((n) => n.dataset.testid === "stTabPanel");
      node.closest('[data-testid="stTabs"]').querySelectorAll("[role=tab]")[panels.indexOf(node)]?.click();
    }
  }
}
/** The id that the part of an address after # names; as it stands where it is no encoded text, such as `#50%`. */
function anchorOf(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}
/** To the row, paragraph or table that the address names: the browser looks for it before the server has sent it. */
function toAnchor() {
  // Streamlit drops the part after # when it rewrites the address; the first address asked for still has it.
  const first = new URL(performance.getEntriesByType("navigation")[0]?.name ?? location.href);
  const hash = location.hash || (first.pathname === location.pathname ? first.hash : "");
  const id = anchorOf(hash);
  clearInterval(window.lgrToAnchor);
  if (!id || document.documentElement.dataset.lgrAnchor === id) return;
  let tries = 0;
  window.lgrToAnchor = setInterval(() => {
    const place = document.getElementById(id);
    if (place) {
      clearInterval(window.lgrToAnchor);
      document.documentElement.dataset.lgrAnchor = id;
      reveal(place);
      document.querySelectorAll(".lgr-here").forEach((node) => node.classList.remove("lgr-here"));
      place.classList.add("lgr-here");
      if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
      setTimeout(() => {
        place.scrollIntoView({ block: place.offsetHeight < innerHeight ? "center" : "start" });
        place.focus({ preventScroll: true });
      }, 250);
    } else if (++tries > 40) clearInterval(window.lgrToAnchor);
  }, 100);
}
