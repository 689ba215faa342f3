// The way back: what cells held before a change is kept for ten seconds, a minute for many, and written again on demand.
import { fail, say, toast } from "./app.js";

const steps = [];
/** How the list writes changes, shows what was written, and forgets what it had read: told once by the list. */
let hands = null;
export function undoBy(send, settle, forget) { hands = { send, settle, forget }; }

/** What is being written now: the way back waits for it. */
let under = Promise.resolve();
export function isBeingWritten(ending) { under = Promise.all([under, ending]); }

const wayBack = (said) => said.filter((one) => one.ok && one.before).map((one) => ({ id: one.id, version: one.version, pairs: Object.entries(one.before) }));

/** Keeps what the cells held. */
export function remember(said, text) {
  const undone = wayBack(said);
  if (undone.length) keep(undone, text ?? (undone.length > 1 ? say("savedCells", { n: undone.length }) : say("savedCell")));
}

function keep(changes, text) {
  const seconds = changes.length > 20 ? 60 : 10, entry = { changes, until: performance.now() + seconds * 1000 + 500 };
  steps.push(entry);
  toast(text, { undo: () => back(entry), seconds });
}

/** Asks before the page is left in the middle of a long change; gives what ends the asking. */
export function holdPage() {
  const ask = (event) => event.preventDefault();
  addEventListener("beforeunload", ask);
  return () => removeEventListener("beforeunload", ask);
}

// --- a long change whose page was left all the same: the next page of the list offers the way back of what was done

const broken = "baton.undo." + location.pathname;

/** Notes how far a long change has come, with the word that says so; nothing once it has ended. */
function note(word, changes, all) {
  // A browser that keeps nothing, or not so much, has no such way back.
  try { if (changes.length) sessionStorage.setItem(broken, JSON.stringify({ word, changes, all })); else sessionStorage.removeItem(broken); } catch { /* said above */ }
}

/** What was written so far of all that shall be; nothing once it has ended. */
export const noteWritten = (said, all) => note("brokeOff", wayBack(said), all);

/** Offers the way back from a change that broke off with its page. */
export function offerBroken() {
  let found = null;
  try { found = JSON.parse(sessionStorage.getItem(broken) ?? "null"); } catch { /* Nothing was kept. */ }
  if (!found) return;
  note("", [], 0);
  keep(found.changes, say(found.word, { n: found.changes.length, all: found.all }));
}

async function back(entry) {
  const place = steps.indexOf(entry);
  if (place >= 0) steps.splice(place, 1);
  const refused = [], all = entry.changes.length, letGo = holdPage();
  const told = all > 100 ? toast(say("undoing", { done: 0, all }), { seconds: 600 }) : null;
  let rest = entry.changes;
  try {
    while (rest.length) {
      const answer = await hands.send(rest.slice(0, 100).map((one) => ({ ...one, version: one.version ?? null })));
      hands.settle(answer.rows);
      refused.push(...answer.rows.filter((one) => !one.ok));
      rest = rest.slice(100);
      note("undoRest", rest, all);
      if (told) told.querySelector("span").textContent = say("undoing", { done: all - rest.length, all });
    }
    if (refused.length) toast(say("notUndone", { n: refused.length, why: refused[0].message }), { isError: true }); else toast(say("undone"));
  } catch (error) {
    fail(error);
    keep(rest, say("undoRest", { n: rest.length }));
  }
  told?.remove();
  letGo();
  hands.forget();
}

export async function undo() {
  await under;
  while (steps.length && steps.at(-1).until < performance.now()) steps.pop();
  const entry = steps.at(-1);
  if (!entry) { toast(say("nothingToUndo")); return; }
  for (const shown of document.querySelectorAll("#toasts .toast button")) shown.closest(".toast").remove();
  back(entry);
}
