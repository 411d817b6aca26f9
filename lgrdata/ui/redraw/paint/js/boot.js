// Streamlit sends this text with every run, so it holds only what finds the rest: parcels that came once, by name.
const parcels = (globalThis.lgrPaintParcels ??= new Map());
const engines = (globalThis.lgrPaintEngines ??= new Map());
const maps = new WeakMap();

function engine(id) {
  if (!engines.has(id)) {
    engines.set(id, import(URL.createObjectURL(new Blob([parcels.get(id)], { type: "text/javascript" }))));
  }
  return engines.get(id);
}

export default async function (component) {
  const { data, parentElement, setTriggerValue } = component;
  for (const [id, text] of Object.entries(data.parcels)) parcels.set(id, text);
  let entry = maps.get(parentElement);
  if (!entry) maps.set(parentElement, (entry = { map: null, latest: 0, gone: false }));
  const turn = ++entry.latest;
  const leave = () => {
    entry.gone = true;
    entry.map?.destroy();
    maps.delete(parentElement);
  };
  const missing = [data.engine, data.geometry, data.sheet].filter((id) => id && !parcels.has(id));
  if (missing.length) {
    setTriggerValue("event", { client: entry.map?.client ?? "", want: missing, actions: entry.map?.pending() ?? [] });
    return leave;
  }
  const { PaintedMap } = await engine(data.engine);
  if (entry.gone || turn !== entry.latest) return leave;
  entry.map ??= new PaintedMap(parentElement);
  entry.map.update(data, parcels.get(data.geometry), (payload) => setTriggerValue("event", payload), parcels.get(data.sheet));
  return leave;
}
