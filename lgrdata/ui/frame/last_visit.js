// What was open is stored in this browser alone: for this tab, so that a reload loses nothing, and as the last of all
// tabs, to offer to a later visit. A new session asks once; nothing is stored before what was there is known.
const KEY = "lgr-visit";

function held(store) {
  try {
    const found = JSON.parse(window[store].getItem(KEY));
    return typeof found?.text === "string" ? found : null;
  } catch {
    return null; // storage that is closed, or holds something else
  }
}
function keep(store, record) {
  try {
    if (record) window[store].setItem(KEY, JSON.stringify(record));
    else window[store].removeItem(KEY);
  } catch { /* a browser that stores nothing: then the visit ends with the page */ }
}
function time(at) {
  const day = new Date(at), clock = day.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (day.toDateString() === new Date().toDateString()) return clock;
  return `${clock} on ${day.toLocaleDateString("en-GB", { day: "numeric", month: "long" })}`;
}
export default function ({ data, setTriggerValue }) {
  const here = (window.lgrVisit ??= { session: "", asked: "", forgot: 0, text: "" });
  if (data.forget > here.forgot) {
    keep("sessionStorage", null);
    keep("localStorage", null);
    here.text = "";
  }
  here.forgot = data.forget;
  if (here.session !== data.session && !data.answered) {
    if (here.asked === data.session) return;
    const tab = held("sessionStorage"), last = held("localStorage"), found = tab ?? last;
    if (found) {
      here.asked = data.session;
      setTriggerValue("found", { session: data.session, own: !!tab, text: found.text, when: time(found.at) });
      return;
    }
  }
  here.session = data.session;
  if (!data.text || data.text === here.text) return;
  here.text = data.text;
  const record = { at: Date.now(), text: data.text };
  keep("sessionStorage", record);
  if (data.shared) keep("localStorage", record);
}
