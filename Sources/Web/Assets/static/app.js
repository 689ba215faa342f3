// Baton: what every page needs. Texts, requests, toasts, keys, menus, dialogs. No build step, no library.
import { giveKeys, isComposing, isTyping, seen } from "./early.js";
import { startLive } from "./live.js";

export { isComposing, isTyping };

// All modules begin with this one, and it goes on once the page has been seen: nothing competes with drawing it.
await seen;
giveKeys();

const textElement = document.getElementById("texts");
const texts = textElement ? JSON.parse(textElement.textContent) : {};
for (const more of document.querySelectorAll("script[data-texts]")) Object.assign(texts, JSON.parse(more.textContent));

/** A text of the interface; `{n}` is replaced. */
export function say(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Makes an element: `make("li", {class: "x", text: "…", onclick}, child, …)`. Text is never read as markup. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "text") element.textContent = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

/** A symbol of the sprite. */
export function icon(name, classes = "i") {
  const sprite = document.querySelector("svg.i use")?.getAttribute("href")?.split("#")[0] ?? "/a/icons.svg";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", classes);
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", sprite + "#" + name);
  svg.append(use);
  return svg;
}

// --- requests

export class Refusal extends Error {
  constructor(status, problem) {
    super(problem?.detail || problem?.title || say(status === 0 ? "unreachable" : status === 401 ? "signedOut" : "failed"));
    this.status = status;
    this.problem = problem ?? {};
    /** [{field, message}] */
    this.problems = this.problem.problems ?? this.problem.errors ?? [];
  }
}

/** Sends a request with the session's token; throws a `Refusal` that says what to do. */
export async function ask(url, { method = "GET", body, headers = {}, signal } = {}) {
  const all = { accept: "application/json, text/html;q=0.9", "x-csrf-token": document.body.dataset.csrf ?? "", "x-requested-with": "fetch", ...headers };
  if (body && !(body instanceof FormData) && !(body instanceof URLSearchParams) && typeof body !== "string") {
    body = JSON.stringify(body);
    all["content-type"] = "application/json";
  }
  let response;
  try {
    response = await fetch(url, { method, body, headers: all, signal, credentials: "same-origin" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0);
  }
  const type = response.headers.get("content-type") ?? "";
  const content = type.includes("json") ? await response.json().catch(() => null) : await response.text();
  if (!response.ok) throw new Refusal(response.status, typeof content === "object" ? content : null);
  return content;
}

/** The parts of a fetched page: a document that runs nothing. */
export async function askPage(url, more = {}) {
  return new DOMParser().parseFromString(await ask(url, { headers: { accept: "text/html" }, ...more }), "text/html");
}

// --- toasts

const toasts = document.getElementById("toasts");

/** Shows a sentence for a while; `undo` offers the way back, `url` leads to what it is about. */
export function toast(text, { undo, url, isError = false, seconds = undo || url ? 10 : 5 } = {}) {
  if (!toasts) return;
  const element = make("div", { class: isError ? "toast bad" : "toast" }, icon(isError ? "alert-triangle" : "check"), make("span", { text }));
  if (undo) element.append(make("button", { class: "btn g", type: "button", text: say("undo"), onclick: () => { element.remove(); undo(); } }));
  if (url) element.append(make("a", { class: "btn g", href: url, text: say("open") }));
  toasts.append(element);
  fade(element, seconds);
  return element;
}

function fade(element, seconds) {
  let timer = setTimeout(() => element.remove(), seconds * 1000);
  element.addEventListener("pointerenter", () => clearTimeout(timer));
  element.addEventListener("pointerleave", () => { timer = setTimeout(() => element.remove(), 2500); });
}
for (const element of toasts?.children ?? []) fade(element, 10);

export const fail = (error) => { if (error?.name !== "AbortError") toast(error.message, { isError: true, seconds: 8 }); };

// A button that can't be pressed says why, where there is no pointer to rest on it.
document.addEventListener("click", (event) => {
  const refused = event.target.closest?.("button[aria-disabled=true][title]");
  if (refused) toast(refused.title, { isError: true });
});

// --- keys

const keys = new Map();

/** Registers what a key does; the last one registered wins. `handler` returns false to let the key pass. */
export function onKey(key, handler) { keys.set(key, [handler, ...(keys.get(key) ?? [])]); }

document.addEventListener("keydown", (event) => {
  if (isComposing(event) || event.defaultPrevented) return;
  const chord = event.ctrlKey || event.metaKey;
  if (chord && event.key.toLowerCase() === "k") { event.preventDefault(); doers.get("palette")?.(); return; }
  if (chord && event.key === "Enter") {
    const form = event.target.closest?.("form[data-form]") ?? document.querySelector("form#form");
    if (form) { event.preventDefault(); form.requestSubmit(); }
    return;
  }
  if (chord || event.altKey) return;
  if (event.key === "Escape" && escape(event)) return;
  if (isTyping(event)) return;
  for (const handler of keys.get(event.key.length === 1 ? event.key.toLowerCase() : event.key) ?? []) {
    if (handler(event) !== false) { event.preventDefault(); return; }
  }
});

let goes = -1e9;
/** The first key of "go to" was just pressed: the next one says where. */
export const isGoing = () => performance.now() - goes <= 1200;
onKey("g", () => { goes = performance.now(); });
for (const [key, path] of [["d", "/"], ["a", "/approvals"], ["c", "/o/company"], ["q", "/o/quotation"], ["o", "/o/order"], ["r", "/relay"]]) {
  onKey(key, () => { if (!isGoing()) return false; location.href = path; });
}
onKey("/", () => { const field = document.querySelector("[data-search]"); if (!field) return doers.get("palette")?.(); field.focus(); field.select(); });
onKey("e", () => { const url = document.querySelector("[data-edit]")?.dataset.edit; if (!url) return false; location.href = url; });
onKey("?", () => keySheet());
// Buttons that carry their own key.
document.addEventListener("keydown", (event) => {
  if (isComposing(event) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || event.key.length !== 1) return;
  if (isGoing()) return;
  const target = document.querySelector(`main [data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("textarea, input")) target.focus(); else target.click();
});

function escape(event) {
  const menu = document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary")?.focus(); event.preventDefault(); return true; }
  if (document.activeElement?.matches?.("[data-search]")) { document.activeElement.blur(); return true; }
  return false;
}

// --- menus: one open at a time, closed by a click elsewhere

const unfolded = [];
/** For those who have to do with what stands in a menu. */
export function onUnfold(handler) { unfolded.push(handler); }

/** What a long menu holds stands in it as unread text; it is built when the menu opens for the first time. */
export function unfold(menu) {
  const folded = menu.querySelector(":scope > noscript");
  if (!folded) return;
  const parts = make("template");
  // A part of a page that was fetched was read without scripts, so that its menus are built already.
  if (folded.firstElementChild) parts.content.append(...folded.childNodes); else parts.innerHTML = folded.textContent;
  folded.replaceWith(parts.content);
  for (const handler of unfolded) handler(menu);
}
// One that was opened before this ran.
for (const menu of document.querySelectorAll("details.menu[open]")) unfold(menu);
document.addEventListener("click", (event) => { const head = event.target.closest?.("details.menu > summary"); if (head) unfold(head.parentElement); }, true);

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || event.target.closest(".menu-p a, .menu-p button:not([data-do^=col-])")) queueMicrotask(() => { menu.open = false; });
  }
});
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.("details.menu") || !menu.open) return;
  unfold(menu);
  for (const other of document.querySelectorAll("details.menu[open]")) if (other !== menu && !other.contains(menu)) other.open = false;
  keepInSight(menu);
}, true);

/** A menu inside a scrolling table would be cut off: it is placed against the window instead. */
function keepInSight(menu) {
  const panel = menu.querySelector(".menu-p");
  if (!panel || !menu.closest(".tw") || matchMedia("(max-width:768px)").matches) return;
  const box = menu.getBoundingClientRect();
  panel.style.position = "fixed";
  panel.style.left = "auto";
  panel.style.right = Math.max(8, innerWidth - box.right) + "px";
  panel.style.top = Math.min(box.bottom + 4, innerHeight - panel.offsetHeight - 8) + "px";
}

// --- dialogs

let opener = null;
export function openDialog(dialog) {
  opener = document.activeElement;
  dialog.showModal();
  dialog.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}
/** One dialog for many rows: the control that opens it says what it is about. */
function fill(dialog, { attributes, dataset }) {
  if (dataset.action) dialog.querySelector("form").setAttribute("action", dataset.action);
  if (dataset.heading) dialog.querySelector("h2").textContent = dataset.heading;
  for (const { name, value } of attributes) {
    const control = name.startsWith("data-set-") && dialog.querySelector(`[name="${CSS.escape(name.slice(9))}"]`);
    if (control) control.value = value;
  }
}
document.addEventListener("click", (event) => {
  const open = event.target.closest?.("[data-dialog]");
  const dialog = open && document.getElementById(open.dataset.dialog);
  if (dialog) { event.preventDefault(); fill(dialog, open); openDialog(dialog); return; }
  const close = event.target.closest?.("[data-close]");
  if (close) { event.preventDefault(); close.closest("dialog")?.close(); return; }
  if (event.target.matches?.("dialog[open]")) event.target.close();
});
document.addEventListener("close", (event) => { if (event.target.matches?.("dialog")) { opener?.focus?.(); opener = null; } }, true);

// What was asked for or refused stands open, in its dialog.
const shown = document.querySelector("dialog.shown");
if (shown) { shown.classList.remove("shown"); openDialog(shown); }

// --- actions by name: data-do

const doers = new Map([["keys", () => keySheet()]]);
export function onDo(name, handler) { doers.set(name, handler); }
document.addEventListener("click", (event) => {
  const target = event.target.closest?.("[data-do]");
  const doer = target && doers.get(target.dataset.do);
  if (!doer || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  doer(target, event);
});

// --- forms: one press is one post

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  event.submitter?.classList.add("busy");
  setTimeout(() => { delete form.dataset.sent; event.submitter?.classList.remove("busy"); }, 8000);
});
addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });

// --- key sheet

/** The sheet is the page of all keys; kept once it was fetched. */
let keyMap = null;
async function keySheet() {
  try {
    keyMap ??= (await askPage("/help/keys")).getElementById("key-map");
  } catch (error) { return fail(error); }
  const all = make("a", { class: "btn g", href: "/help/keys", text: say("printKeys") });
  const dialog = make("dialog", { class: "keys", "aria-label": say("keys") }, make("header", {}, make("h2", { text: say("keys") }), make("span", { class: "sp" }), all, make("button", { class: "ib", type: "button", "aria-label": say("close"), "data-close": true }, icon("x"))), document.importNode(keyMap, true));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  openDialog(dialog);
}

// --- connection

const sync = document.getElementById("sync");
let isHeard = true;
function showConnection() {
  const isOn = navigator.onLine && isHeard;
  sync?.classList.toggle("off", !isOn);
  const words = sync?.querySelector("span");
  if (words) words.textContent = say(isOn ? "synced" : "offline");
}
addEventListener("online", showConnection);
addEventListener("offline", showConnection);
if (!navigator.onLine) showConnection();
document.getElementById("problems")?.focus();

// --- live: the server says what changed; the reader decides when to look

const shownRecord = document.querySelector("[data-record]")?.dataset.record;
const shownObject = document.querySelector("[data-list][data-object]")?.dataset.object;
/** A page that brings itself up to date takes the news instead. */
const newsmen = [];
export function onNews(handler) { newsmen.push(handler); }

const watchers = [];
/** Whoever shows who else has a record open. */
export function onPresence(handler) { watchers.push(handler); }

/** What came and was not looked at yet; a record that changed ten times is looked at once. */
const heard = new Map();
const whenIdle = window.requestIdleCallback ?? ((act) => setTimeout(act, 30));

function hear(changes) {
  if (!heard.size) whenIdle(pass, { timeout: 300 });
  for (const change of changes) heard.set(change.object + " " + change.record + " " + change.kind, { object: change.object, id: change.record, kind: change.kind });
}

function pass() {
  const news = [...heard.values()];
  heard.clear();
  for (const change of news) {
    if (newsmen.length) newsmen.forEach((handler) => handler(change));
    else if (change.id === shownRecord || change.object === shownObject) offerFresh();
  }
}

/** Offers to look at what changed. */
export function offerFresh() {
  if (document.querySelector(".fresh")) return;
  const button = make("button", { class: "fresh", type: "button", text: say("fresh"), onclick: () => location.reload() });
  document.querySelector("main").prepend(make("div", { class: "fresh-w", role: "status" }, button));
}

/** The count at the bell. */
function countNotices(unread) {
  const bell = document.querySelector("[data-bell]");
  if (!bell) return;
  bell.setAttribute("aria-label", unread ? say("unread", { n: unread }) : say("notices"));
  let dot = bell.querySelector(".dot");
  if (!unread) return dot?.remove();
  if (!dot) bell.append((dot = make("span", { class: "dot num" })));
  dot.textContent = unread > 99 ? "99+" : unread;
}

/** What can't wait: a sentence that leads to where one acts. */
function showUrgent(notice) {
  const element = make("div", { class: "toast bad" }, icon("alert-triangle"), make("a", { href: notice.url, text: notice.text }));
  toasts?.append(element);
  fade(element, 20);
}

const after = Number(toasts?.dataset.after ?? 0);
if (document.body.dataset.csrf && after) {
  let quiet;
  startLive({
    after, key: document.body.dataset.family, changes: hear, notices: countNotices, urgent: showUrgent,
    presence: (news) => watchers.forEach((handler) => handler(news)),
    // A cut that is mended at once is nobody's business.
    state: (isOpen) => { clearTimeout(quiet); quiet = setTimeout(() => { isHeard = isOpen; showConnection(); }, isOpen ? 0 : 4000); },
    revoked: () => toast(say("gone"), { isError: true, seconds: 60 }),
  });
}

// --- rows of views that are wider than the phone begin at the one that is shown

for (const row of document.querySelectorAll(".vw, .d-nav, .hp-n, .hw-n")) {
  const shown = row.querySelector("[aria-current]");
  if (!shown || row.scrollWidth <= row.clientWidth) continue;
  const [box, at] = [row.getBoundingClientRect(), shown.getBoundingClientRect()];
  row.scrollLeft += at.left - box.left - (box.width - at.width) / 2;
}

// --- an app of the home screen

// Without it the pages work as before, so a browser that refuses is not told of.
if ("serviceWorker" in navigator) addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));

let offered = null;
const showInstall = () => { for (const button of document.querySelectorAll("[data-do=install]")) button.hidden = !offered; };
// Where there is no account menu to offer it, the browser does so itself.
addEventListener("beforeinstallprompt", (event) => {
  if (!document.querySelector("details.me")) return;
  event.preventDefault();
  offered = event;
  showInstall();
});
onUnfold(showInstall);
onDo("install", async () => { const event = offered; offered = null; showInstall(); await event?.prompt(); });
