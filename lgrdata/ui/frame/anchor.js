export default function () {
  // Streamlit drops the part after # when it rewrites the address; the first address asked for still has it.
  const first = new URL(performance.getEntriesByType("navigation")[0]?.name ?? location.href);
  const hash = location.hash || (first.pathname === location.pathname ? first.hash : "");
  const id = decodeURIComponent(hash.slice(1));
  if (!id || document.documentElement.dataset.lgrAnchor === id) return;
  let tries = 0;
  const timer = setInterval(() => {
    const place = document.getElementById(id);
    if (place) {
      clearInterval(timer);
      document.documentElement.dataset.lgrAnchor = id;
      for (let node = place; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
      document.querySelectorAll(".lgr-here").forEach((node) => node.classList.remove("lgr-here"));
      place.classList.add("lgr-here");
      place.setAttribute("tabindex", "-1");
      place.scrollIntoView({ block: "center" });
      place.focus({ preventScroll: true });
    } else if (++tries > 40) clearInterval(timer);
  }, 100);
  return () => clearInterval(timer);
}
