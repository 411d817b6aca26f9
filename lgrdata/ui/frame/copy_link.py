"""A button that copies the page's address, and says whether it did."""

from __future__ import annotations

import streamlit as st

_CSS = """
button { font: inherit; font-size: 0.875rem; height: 38px; padding: 0 0.65rem; white-space: nowrap; cursor: pointer;
  color: var(--st-text-color); background: var(--st-background-color); border: 1px solid var(--st-border-color);
  border-radius: 4px; min-width: 5.6rem; }
button:hover { border-color: var(--st-text-color); }
button:focus-visible { outline: 3px solid #FFDD00; outline-offset: -3px; box-shadow: inset 0 0 0 5px #0B0C0C; }
"""

_SCRIPT = """
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Over plain http a browser offers only the older way.
    const field = document.createElement("textarea");
    field.value = text;
    field.style.cssText = "position:fixed;opacity:0";
    document.body.append(field);
    field.select();
    try {
      return document.execCommand("copy");
    } finally {
      field.remove();
    }
  }
}
export default function ({ parentElement }) {
  const button = parentElement.querySelector("button");
  let timer;
  button.onclick = async () => {
    const done = await copied(location.href);
    button.focus();
    button.textContent = done ? "Link copied" : "Copy it from the address bar";
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = "Copy link"), 4000);
  };
}
"""

_mount = st.components.v2.component(
    "lgr_copy_link", html='<button type="button" aria-live="polite">Copy link</button>', css=_CSS, js=_SCRIPT
)


def copy_link() -> None:
    """Drawn where it is called; the address always holds what is on the desk."""
    _mount(key="copy_link", width="content", height="content")
