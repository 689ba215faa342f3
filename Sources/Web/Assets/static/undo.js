// The way back: what cells held before a change is kept for ten seconds and written again on demand.
import { fail, say, toast } from "./app.js";

const steps = [];
/** How the list writes changes, shows what was written, and forgets what it had read: told once by the list. */
let hands = null;
export function undoBy(send, settle, forget) { hands = { send, settle, forget }; }

/** What is being written now: the way back waits for it. */
let under = Promise.resolve();
export function isBeingWritten(ending) { under = Promise.all([under, ending]); }

/** Keeps what the cells held, for ten seconds. */
export function remember(said, text) {
  const undone = said.filter((one) => one.ok && one.before).map((one) => ({ id: one.id, version: one.version, pairs: Object.entries(one.before) }));
  if (!undone.length) return;
  const entry = { changes: undone, until: performance.now() + 10500 };
  steps.push(entry);
  toast(text ?? (undone.length > 1 ? say("savedCells", { n: undone.length }) : say("savedCell")), { undo: () => back(entry) });
}

async function back(entry) {
  const place = steps.indexOf(entry);
  if (place >= 0) steps.splice(place, 1);
  const kept = [];
  for (let from = 0; from < entry.changes.length; from += 100) {
    const part = entry.changes.slice(from, from + 100).map((one) => ({ ...one, version: one.version ?? null }));
    const answer = await hands.send(part).catch((error) => { fail(error); return null; });
    if (!answer) return;
    hands.settle(answer.rows);
    kept.push(...answer.rows.filter((one) => !one.ok));
  }
  hands.forget();
  if (kept.length) toast(say("notUndone", { n: kept.length, why: kept[0].message }), { isError: true }); else toast(say("undone"));
}

export async function undo() {
  await under;
  while (steps.length && steps.at(-1).until < performance.now()) steps.pop();
  const entry = steps.at(-1);
  if (!entry) { toast(say("nothingToUndo")); return; }
  for (const shown of document.querySelectorAll("#toasts .toast button")) shown.closest(".toast").remove();
  back(entry);
}
