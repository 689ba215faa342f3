// The relay: rows by keyboard, the panel beside the board without a new page, and what others do as it happens.
import "./form.js";
import "./look.js";
import { fitBuilder } from "./filter.js";
import { askPage, fail, make, onKey, onNews, openDialog, say, toast } from "./app.js";
import { onDue } from "./clock.js";

const root = () => document.getElementById("relay");
const rows = () => [...root().querySelectorAll("[data-url]")];
/** Id of the row at hand. */
let held = null;
const place = () => rows().findIndex((row) => row.dataset.id === held);

// --- opening

/** Puts another state of the page in place, without losing where one looks. */
async function go(url, { push = true, focus } = {}) {
  const before = root();
  before.classList.add("busy");
  try {
    const page = await askPage(url);
    const next = page.getElementById("relay");
    if (!next) { location.href = url; return; }
    swap(next);
    document.title = page.title;
    if (push) history.pushState({}, "", url);
    focus?.();
  } catch (error) { before.classList.remove("busy"); if (error.status === 401 || error.status === 404) location.href = url; else fail(error); }
}

function swap(next) {
  const old = root(), drawn = above.length + rows().length, gone = above.length;
  const places = [...old.querySelectorAll(".rb-x, .sc, .kb, .tw")].map((box) => [box.className, box.scrollLeft, box.scrollTop]);
  const focused = old.contains(document.activeElement) ? trace(document.activeElement) : null;
  old.replaceWith(document.adoptNode(next));
  gather();
  grow(drawn - rows().length);
  putAway(rows().slice(0, gone));
  for (const [name, left, top] of places) {
    const box = [...root().querySelectorAll("." + name.split(" ")[0])].find((one) => one.className === name);
    if (box) { box.scrollLeft = left; box.scrollTop = top; }
  }
  fitBuilder();
  follow();
  paint();
  if (focused) root().querySelector(focused)?.focus({ preventScroll: true });
}

// --- a long board: rows far from the sight wait beside the page, so that it stays light wherever one looks

/** Those above the rows drawn, each with its height, and those below. */
let above = [], below = [];
const step = 8;
const marker = () => root().querySelector("template[data-later]");
const gap = () => root().querySelector("[data-gap]");

/** Takes up the rows that wait in the page as it came; a gap stands for those that go. */
function gather() {
  const later = marker();
  above = [];
  below = later ? [...later.content.children] : [];
  if (!later) return;
  const isTable = later.parentElement.matches("tbody");
  const space = isTable ? make("tr", { class: "gap", "aria-hidden": "true", "data-gap": true, hidden: true }, make("td", { colspan: 99 })) : make("div", { "aria-hidden": "true", "data-gap": true, hidden: true });
  later.parentElement.prepend(space);
}

function fitGap() {
  const space = gap(), whole = root().querySelector("[data-whole]");
  if (whole) whole.hidden = !below.length;
  if (!space) return;
  space.hidden = !above.length;
  (space.querySelector("td") ?? space).style.height = above.reduce((sum, one) => sum + one.height, 0) + "px";
}

/** Draws so many more rows of those that wait below; false when there are none. */
function grow(count) {
  const next = count > 0 ? below.splice(0, count) : [];
  if (!next.length) return false;
  marker().before(...next);
  fitGap();
  return true;
}

/** Draws the last of those that wait above. */
function rise(count) {
  const last = above.splice(Math.max(0, above.length - count));
  if (!last.length) return false;
  gap().after(...last.map((one) => one.row));
  fitGap();
  return true;
}

/** These first rows wait above. */
function putAway(first) {
  above.push(...first.map((row) => ({ row, height: row.offsetHeight + parseFloat(getComputedStyle(row).marginBottom) })));
  for (const row of first) { row.classList.remove("at", "cur"); row.remove(); }
  fitGap();
}

/** Rows for a third of a screen around what is in sight; what is farther goes once there are many. */
function follow() {
  if (!marker()) return;
  const foot = () => root().querySelector("[data-whole]")?.getClientRects()[0]?.top ?? Infinity;
  while (below.length && foot() < innerHeight * 1.35 && grow(step));
  while (above.length && gap().getBoundingClientRect().bottom > -innerHeight * 0.15 && rise(step));
  const all = rows(), most = Math.max(20, Math.ceil((innerHeight * 1.8) / Math.max(all[0]?.offsetHeight ?? 48, 24)));
  const canGo = (row) => !row.contains(document.activeElement);
  let spare = all.length - most;
  const first = [];
  for (const row of all) { if (spare <= 0 || row.getBoundingClientRect().bottom > -innerHeight * 0.35 || !canGo(row)) break; first.push(row); spare--; }
  if (first.length) putAway(first);
  while (spare > 0) {
    const row = all[all.length - 1];
    if (row.getBoundingClientRect().top < innerHeight * 1.4 || !canGo(row)) break;
    row.remove();
    row.classList.remove("at", "cur");
    below.unshift(row);
    all.pop();
    spare--;
  }
  fitGap();
  paint();
}
let isFollowing = false;
const look = () => { if (!isFollowing) { isFollowing = true; requestAnimationFrame(() => { isFollowing = false; follow(); }); } };
document.addEventListener("scroll", look, { passive: true, capture: true });
addEventListener("resize", look);
addEventListener("beforeprint", () => { rise(Infinity); grow(Infinity); });

/** How to find the same control again in a fresh page. */
function trace(element) {
  if (element.id) return "#" + CSS.escape(element.id);
  const href = element.getAttribute("href");
  if (href) return `a[href="${CSS.escape(href)}"]`;
  return null;
}

/** A press that comes back to this board finds it where it was. */
const places = "relay:places";
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post" || !root()?.contains(event.target)) return;
  const boxes = [...root().querySelectorAll(".rb-x, .kb, .tw")].map((box) => [box.className, box.scrollLeft, box.scrollTop]);
  sessionStorage.setItem(places, JSON.stringify({ path: location.pathname, at: Date.now(), y: scrollY, rows: above.length + rows().length, boxes }));
});
function putBack() {
  const kept = JSON.parse(sessionStorage.getItem(places) ?? "null");
  sessionStorage.removeItem(places);
  if (!kept || kept.path !== location.pathname || Date.now() - kept.at > 15000) return;
  grow(kept.rows - rows().length);
  for (const [name, left, top] of kept.boxes) {
    const box = [...root().querySelectorAll("." + name.split(" ")[0])].find((one) => one.className === name);
    if (box) { box.scrollLeft = left; box.scrollTop = top; }
  }
  scrollTo(0, kept.y);
}

const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.button;

document.addEventListener("click", (event) => {
  if (!isPlain(event) || event.defaultPrevented) return;
  const link = event.target.closest?.("#relay a[data-soft]");
  if (link) {
    event.preventDefault();
    const isClose = link.hasAttribute("data-close-panel"), column = link.hasAttribute("data-rest") && columnOf(link);
    // Whoever asked for the rest of a column goes on at its first card.
    const rest = column && { leg: column.dataset.leg, from: column.querySelectorAll(".kd").length };
    go(link.href, { focus: () => (rest ? root().querySelectorAll(`[data-leg="${CSS.escape(rest.leg)}"] .kd`)[rest.from]?.querySelector("a.rt")?.focus() : isClose ? rows()[Math.max(place(), 0)]?.querySelector("a.rt")?.focus() : showPanel()) });
    return;
  }
  if (event.target.closest("a, button, input, select, label, form, summary, dialog") || String(getSelection())) return;
  const row = event.target.closest?.("#relay [data-url]");
  if (row) { held = row.dataset.id; go(row.dataset.url, { focus: showPanel }); }
});

/** On the phone the panel is a page: it begins at its top. */
function showPanel() { if (matchMedia("(max-width:768px)").matches) scrollTo(0, 0); }

addEventListener("popstate", () => go(location.href, { push: false }));

// --- handing over: from the row by a key, on the board by dragging; the panel asks for what is missing

/** Opens the panel of a record and there what hands it over: the button, or the dialog that asks. */
async function hand(url) {
  await go(url.replace(/#.*/, ""), { focus: showPanel });
  startHand();
}

function startHand() {
  const panel = root()?.querySelector(".pn"), foot = panel?.querySelector(".ft");
  const dialog = panel?.querySelector("dialog form[data-way]")?.closest("dialog");
  const ready = foot?.querySelector("form.inline[data-way] .btn.p, form[action$='/accept'] .btn.p");
  if (ready) ready.focus(); else if (dialog) openDialog(dialog); else foot?.querySelector("button, a")?.focus();
}

let dragged = null;
const columnOf = (card) => card.closest("[data-leg]");

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".kd[draggable]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.title);
  dragged.classList.add("drag");
});
document.addEventListener("dragend", () => { dragged?.classList.remove("drag"); dragged = null; for (const column of document.querySelectorAll(".kc.over")) column.classList.remove("over"); });
document.addEventListener("dragover", (event) => {
  const column = dragged && event.target.closest?.(".kc[data-leg]");
  for (const one of document.querySelectorAll(".kc.over")) one.classList.toggle("over", one === column);
  if (!column) return;
  event.preventDefault();
  column.classList.toggle("over", column !== columnOf(dragged));
});
document.addEventListener("drop", (event) => {
  const column = dragged && event.target.closest?.(".kc[data-leg]");
  if (!column) return;
  event.preventDefault();
  const card = dragged;
  if (column !== columnOf(card)) drop(card, column);
});

/** The card moves at once; what the server does not take brings it back. */
async function drop(card, column) {
  const from = columnOf(card), next = card.nextSibling, { title, url } = card.dataset;
  const back = () => { if (card.isConnected) { from.insertBefore(card, next?.parentNode === from ? next : null); card.classList.remove("busy"); } };
  column.append(card);
  card.classList.add("busy");
  try {
    const page = await askPage(url);
    const ways = [...page.querySelectorAll("#panel form[data-way]")].filter((form) => form.dataset.next === column.dataset.leg);
    const ready = ways.find((form) => !form.closest("dialog")), asking = ways.find((form) => form.closest("dialog"));
    const refused = page.querySelector(`#panel [data-refused="${CSS.escape(column.dataset.leg)}"]`);
    if (ready) return await send(ready, card, column, back);
    back();
    if (asking) {
      const id = asking.closest("dialog").id;
      await go(url, { focus: showPanel });
      const dialog = document.getElementById(id);
      if (dialog) openDialog(dialog);
    } else toast(refused?.title || say("noWay", { from: from.dataset.name, to: column.dataset.name }), { isError: true });
  } catch (error) { back(); fail(error); }
}

async function send(form, card, column, back) {
  const fields = new URLSearchParams(new FormData(form));
  fields.set("back", location.pathname + location.search);
  const response = await fetch(form.getAttribute("action"), { method: "POST", body: fields, credentials: "same-origin", headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const next = page.getElementById("relay");
  if (!response.ok) {
    back();
    toast(page.querySelector("#problems, .note.bad")?.textContent.trim() || say("failed"), { isError: true, seconds: 8 });
    return;
  }
  toast(say("handed", { title: card.dataset.title, to: column.dataset.name }));
  if (next) swap(next);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#relay a[data-hand]");
  if (!link || !isPlain(event)) return;
  event.preventDefault();
  hand(link.href);
});

// --- keys

/** The row at hand is marked among those drawn. */
function paint() { for (const row of rows()) { const isHeld = row.dataset.id === held; row.classList.toggle("at", isHeld); row.classList.toggle("cur", isHeld); } }

function turn(by) {
  // The row at hand may wait far from what is in sight.
  while (held !== null && place() < 0 && (above.some((one) => one.row.dataset.id === held) ? rise(step) : below.some((row) => row.dataset.id === held) && grow(step)));
  if (place() + by >= rows().length) grow(step);
  if (place() + by < 0) rise(step);
  const all = rows(), row = all[Math.max(0, Math.min(all.length - 1, place() + by))];
  if (!row) return false;
  held = row.dataset.id;
  paint();
  row.querySelector("a.rt")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest", inline: "nearest" });
}
const inPanel = (event) => event.target.closest?.(".pn, .tb, .hd, dialog");
onKey("j", () => turn(1));
onKey("k", () => turn(-1));
onKey("ArrowDown", (event) => (inPanel(event) ? false : turn(1)));
onKey("ArrowUp", (event) => (inPanel(event) || held === null ? false : turn(-1)));
onKey("Enter", (event) => {
  if (inPanel(event) || event.target.closest("button, summary")) return false;
  const url = rows()[place()]?.dataset.url;
  if (!url) return false;
  go(url, { focus: showPanel });
});
onKey("Escape", () => {
  const close = root().querySelector("[data-close-panel]");
  if (!close) return false;
  close.click();
});
onKey("h", () => {
  if (root().querySelector(".pn .ft")) { startHand(); return; }
  const url = rows()[place()]?.dataset.url;
  if (!url) return false;
  hand(url);
});
onKey("c", () => { const url = root().dataset.new; if (!url) return false; location.href = url; });

// --- what others do

let timer, waiting = false;

/** Somebody types or decides here: what they see must not move under their hands. */
const isBusy = () => root().querySelector("dialog[open], dialog.shown, details.menu[open]") || root().contains(document.activeElement) && document.activeElement.matches("input, textarea, select");

async function refresh() {
  if (document.hidden || isBusy()) { waiting = true; return; }
  waiting = false;
  try {
    const page = await askPage(location.href);
    const next = page.getElementById("relay");
    if (next && !isBusy()) { swap(next); badge(page); }
  } catch (error) { if (error.status === 401) fail(error); }
}

/** The counts on the rail belong to the same page. */
function badge(page) {
  for (const place of [".rail", ".tabbar"]) {
    const [here, there] = [document.querySelector(place), page.querySelector(place)];
    if (here && there && !here.querySelector("details[open]")) here.replaceWith(document.adoptNode(there));
  }
}

onNews((change) => {
  const page = root();
  if (change.object !== page.dataset.object && change.id !== page.dataset.record && change.id !== page.querySelector(".pn")?.dataset.record) return;
  clearTimeout(timer);
  timer = setTimeout(refresh, 350);
});
// Words count by themselves; when a limit passes the page is asked for again, and what waited for a dialog comes after it.
onDue(() => { clearTimeout(timer); timer = setTimeout(refresh, 1500); });
setInterval(refresh, 300_000);
document.addEventListener("close", () => { if (waiting) setTimeout(refresh, 50); }, true);
document.addEventListener("visibilitychange", () => { if (!document.hidden && waiting) refresh(); });

// --- the first look: as many current legs in sight as can be

function settle() {
  const days = root().querySelector(".rb-x:has(.gantt)");
  if (days && !days.scrollLeft) days.scrollLeft = Math.max(0, Number(days.querySelector(".gantt").dataset.today) - days.clientWidth * 0.45);
  const box = root().querySelector(".rb-x:has(.lane)");
  if (!box || box.scrollWidth <= box.clientWidth + 4 || box.scrollLeft) return;
  const fixed = box.querySelector(".w")?.offsetWidth ?? 0;
  const places = [...box.querySelectorAll(".now")].map((cell) => [cell.offsetLeft, cell.offsetLeft + cell.offsetWidth]);
  const open = box.querySelector("tr[aria-current] .now");
  if (!places.length) return;
  const width = box.clientWidth;
  let best = 0, most = -1;
  for (const left of [0, ...places.map(([from]) => from - fixed - 8)]) {
    const seen = places.filter(([from, until]) => from >= left + fixed && until <= left + width).length;
    const hasOpen = !open || (open.offsetLeft >= left + fixed && open.offsetLeft + open.offsetWidth <= left + width);
    const score = seen + (hasOpen ? 1000 : 0);
    if (score > most) { most = score; best = left; }
  }
  box.scrollLeft = Math.max(0, best);
}
gather();
putBack();
follow();
settle();
fitBuilder();

// An address may name a dialog: the phone's card leads to one.
const named = location.hash.startsWith("#do-") && document.getElementById(location.hash.slice(1));
if (location.hash === "#hand") { history.replaceState({}, "", location.pathname + location.search); startHand(); }
if (named && !named.open) { history.replaceState({}, "", location.pathname + location.search); openDialog(named); }
