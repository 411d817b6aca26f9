// People who cross a council's border to work or to move home, and how self-contained councils are.

/** @typedef {import("./types.js").Flow} Flow */

/**
 * Share of an area's own flow that crosses between councils, after and today; null where there is no flow.
 * @param {Flow} flow
 * @param {number[][]} share [authority][council]
 * @param {number[]} upper today's upper-tier council of each authority
 * @returns {{ share: number | null, today: number | null }}
 */
export function crossing(flow, share, upper) {
  const held = share.map((row) => row.reduce((sum, s) => sum + s, 0));
  let total = 0, kept = 0, keptToday = 0;
  flow.inside.forEach((row, i) => {
    if (!held[i]) return;
    row.forEach((people, j) => {
      if (!held[j] || !people) return;
      const both = held[i] * people * held[j];
      total += both;
      if (upper[i] === upper[j]) keptToday += both;
      let same = 0;
      for (let c = 0; c < share[i].length; c++) same += share[i][c] * share[j][c];
      kept += same * people;
    });
  });
  return total > 0 ? { share: left(kept / total), today: left(keptToday / total) } : { share: null, today: null };
}

/**
 * What is not kept; rounding noise must not say that someone crosses a border of a single council.
 * @param {number} kept
 */
function left(kept) {
  const out = 1 - kept;
  return Math.abs(out) > 1e-12 ? Math.max(out, 0) : 0;
}

/**
 * For each council, the share of its working residents who work in it, and of its jobs that its residents fill.
 * @param {Flow} flow
 * @param {number[][]} share
 * @returns {{ residents: number | null, jobs: number | null }[]}
 */
export function selfContainment(flow, share) {
  const councils = share[0]?.length ?? 0;
  return Array.from({ length: councils }, (_, c) => {
    let inside = 0, out = 0, into = 0;
    share.forEach((row, i) => {
      if (!row[c]) return;
      out += row[c] * flow.out[i];
      into += row[c] * flow.into[i];
      flow.inside[i].forEach((people, j) => (inside += row[c] * people * share[j][c]));
    });
    return { residents: out > 0 ? inside / out : null, jobs: into > 0 ? inside / into : null };
  });
}
