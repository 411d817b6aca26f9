// What the engine offers: a sheet made ready, splits and changes of them, what a split does, what to mind.

export { readArea } from "./area.js";
export { decode, encode, firstAppearance, ofDrawing, recognise } from "./code.js";
export { blockName } from "./borders.js";
export { changes, matched } from "./changes.js";
export { deskDocument, deskPreview } from "./desk.js";
export { addCouncil, blockCodes, give, makeWhole, neighbourCouncil, removeCouncil, rename, sameLines } from "./edits.js";
export { effects } from "./effects.js";
export { applyMend, faults } from "./faults.js";
export { standing, standings } from "./ranks.js";
export { DIVIDED, fromArrays, inUse, isWhole, leftOut, ofWhole, OUT, single, today } from "./split.js";
