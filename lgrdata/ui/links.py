"""Links inside the tool without a new visit: what is on the desk, notes and ticks among it, stays.

A plain link loads the page afresh, which begins a new session. This hands the address to the app as Back does.
"""

from __future__ import annotations

import streamlit as st

_SCRIPT = """
export default function () {
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
"""

_mount = st.components.v2.component("lgr_soft_links", html="", js=_SCRIPT, isolate_styles=False)


def keep_visit() -> None:
    """Called once by the frame, for every page."""
    _mount(key="soft_links", height=1)
