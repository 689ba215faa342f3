// Where a record stands in the list, board or search it was opened from: the ones before and after it, and the way back.
import { ask, icon, make, say } from "./app.js";

const key = (base) => "list:" + base;
const pattern = /^(\/o\/[a-z0-9_]+)\/([0-9a-f-]{36})$/;
const list = document.querySelector("[data-list][data-base]");
const head = document.querySelector("section.id-h[data-record]");

/** What a link leads to: `{base, id}` of a record, or null. */
export function recordOf(link) {
  const found = link?.getAttribute?.("href")?.match(pattern);
  return found && { base: found[1], id: found[2] };
}

/** Where to ask for the rows beyond those that are drawn. */
const further = () => (list && list.id !== "related" && document.querySelector("a[data-more]") ? list.dataset.base + "/ids" + location.search : "");

function keep(base, ids, more) {
  if (ids.length) sessionStorage.setItem(key(base), JSON.stringify({ url: location.pathname + location.search, ids: [...new Set(ids)], more }));
}

if (list) {
  const keepList = () => keep(list.dataset.base, [...list.querySelectorAll("[data-id][data-url]")].map((row) => row.dataset.id), further());
  list.addEventListener("click", (event) => { if (event.target.closest("a[href]")) keepList(); }, true);
  addEventListener("pagehide", keepList);
}

// Rows of any other page: the records of the same kind that stand in the same list as the one that is opened.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("main a[href]"), record = recordOf(link);
  if (!record || list?.contains(link) || link.closest(".id-a, .peek")) return;
  const around = link.closest("table, .kb, .lb, .hits, .gal, .tl, ul, ol") ?? link.closest("section, main");
  const ids = [...around.querySelectorAll("a[href]")].map(recordOf).filter((other) => other?.base === record.base).map((other) => other.id);
  keep(record.base, ids, "");
}, true);

if (head && !document.querySelector(".peek")) {
  const known = JSON.parse(sessionStorage.getItem(key(head.dataset.base)) ?? "null");
  if (known?.ids.includes(head.dataset.record)) stand(known);
}

/** Puts the arrows at the record's head; at the end of what was drawn the rest of the list is asked for. */
async function stand(known) {
  show(known);
  for (const link of document.querySelectorAll(`header.bar a[href="${head.dataset.base}"]`)) link.href = known.url;
  if (!known.more || known.ids.at(-1) !== head.dataset.record) return;
  try {
    const { ids } = await ask(known.more);
    const all = { ...known, ids, more: "" };
    if (!ids.includes(head.dataset.record)) return;
    sessionStorage.setItem(key(head.dataset.base), JSON.stringify(all));
    show(all);
  } catch { /* Without the rest the arrows end where the list did. */ }
}

function show(known) {
  const index = known.ids.indexOf(head.dataset.record);
  const arrow = (id, text, symbol, letter) =>
    id ? make("a", { class: "ib walk", href: head.dataset.base + "/" + id, "aria-label": say(text), title: say(text), "data-key": letter }, icon(symbol)) : make("span", { class: "ib walk", "aria-hidden": "true" });
  for (const old of head.querySelectorAll(".walk")) old.remove();
  const count = make("span", { class: "mut num nw no-m walk", text: `${index + 1} / ${known.ids.length}${known.more ? "+" : ""}` });
  head.querySelector(".id-a")?.prepend(count, arrow(known.ids[index - 1], "previousOne", "chevron-left", "k"), arrow(known.ids[index + 1], "nextOne", "chevron-right", "j"));
}

// On a phone the head is swiped aside to the next record or the one before; what scrolls by itself is left alone.
if (head) {
  let from = null;
  head.addEventListener("touchstart", (event) => { const touch = event.touches[0]; from = event.touches.length === 1 && !event.target.closest(".kpi, .id-a, .trk, input, textarea") ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp } : null; }, { passive: true });
  head.addEventListener("touchend", (event) => {
    const touch = event.changedTouches[0];
    if (!from || !touch || event.timeStamp - from.at > 800) return;
    const across = touch.clientX - from.x, down = Math.abs(touch.clientY - from.y);
    if (Math.abs(across) < 70 || down > 40) return;
    head.querySelector(`a.walk[data-key="${across > 0 ? "k" : "j"}"]`)?.click();
  }, { passive: true });
}
