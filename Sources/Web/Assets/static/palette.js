// The palette: records, colleagues, pages and commands by a few letters, Chinese also by sound. Ctrl K from everywhere.
import { ask, icon, isComposing, make, onDo, openDialog, say } from "./app.js";

// --- what was looked at last: only where it is; its name is asked for, so that rights are always those of now

const remembered = "baton.recent." + (document.querySelector("[data-me]")?.dataset.me ?? "");
const keptAtMost = 12;

function recent() {
  try { return JSON.parse(localStorage.getItem(remembered) ?? "[]").filter((visit) => /^[\w-]+~[0-9a-f-]{36}$/.test(visit)); } catch { return []; }
}

const here = location.pathname.match(/^\/(?:o|relay)\/([\w-]+)\/([0-9a-f-]{36})(?:\/edit)?$/);
const shown = here && here[1] + "~" + here[2];
if (shown) {
  // A browser that keeps nothing has no recent records, and that is all.
  try { localStorage.setItem(remembered, JSON.stringify([shown, ...recent().filter((visit) => visit !== shown)].slice(0, keptAtMost))); } catch { /* said above */ }
}

// --- what can be done on this very page

// The first character of each letter by sound, in the order of pinyin: what sorts behind it begins with it.
const firsts = [..."阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀"], letters = "abcdefghjklmnopqrstwxyz";
const bySound = new Intl.Collator("zh-u-co-pinyin");
const initials = (text) => [...text].map((sign) => {
  if (!/\p{Script=Han}/u.test(sign)) return sign.toLowerCase();
  let place = 0;
  while (place + 1 < firsts.length && bySound.compare(firsts[place + 1], sign) <= 0) place += 1;
  return letters[place];
}).join("").replace(/\s/g, "");

/** Buttons and links at the head of the page, as far as they can be pressed now. */
function doable() {
  const found = new Map();
  for (const element of document.querySelectorAll("main :is(.id-a, .hd-a) :is(.btn, .menu-p a, .menu-p button), main .trk a.ln, main .lp-f .btn")) {
    const name = (element.querySelector("span") ?? element).textContent.trim();
    if (name && !found.has(name) && element.getAttribute("aria-disabled") !== "true" && !element.disabled) found.set(name, element);
  }
  return [...found];
}

function pageGroup(text) {
  const wanted = text.toLowerCase().replace(/\s/g, "");
  const fit = doable().filter(([name]) => !wanted || name.toLowerCase().replace(/\s/g, "").includes(wanted) || (wanted.length > 1 && initials(name).startsWith(wanted))).slice(0, wanted ? 6 : 4);
  if (!fit.length) return null;
  const group = make("div", { role: "group", "data-group": "page", "aria-labelledby": "pg-page" }, make("p", { class: "menu-h", id: "pg-page", role: "presentation", text: say("thisPage") }));
  fit.forEach(([name, element], place) => {
    group.append(make("a", { href: "#", role: "option", tabindex: "-1", "aria-selected": "false", id: "hit-page-" + place, onclick: (event) => { event.preventDefault(); event.stopPropagation(); dialog.close(); const menu = element.closest("details.menu"); if (menu) menu.open = true; element.click(); } },
      make("span", { class: "it-i" }, element.querySelector("svg.i")?.cloneNode(true) ?? icon("arrow-right")), make("span", { class: "hit-t" }, make("b", { text: name }))));
  });
  return group;
}

// --- the dialog

/** The words that the list answers; null before the first answer. A late answer to the words before is stale. */
let answered = null;
const isStale = () => answered !== only + input.value.trim();
let dialog, input, list, told, index = 0, timer, control, only = "";
const options = () => [...list.querySelectorAll("[role=option]")];

function mark(next) {
  const all = options();
  input.removeAttribute("aria-activedescendant");
  if (!all.length) return;
  index = (next + all.length) % all.length;
  all.forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
  input.setAttribute("aria-activedescendant", all[index].id);
  all[index].scrollIntoView({ block: "nearest" });
}

async function load() {
  clearTimeout(timer);
  control?.abort();
  control = new AbortController();
  const text = input.value.trim(), query = new URLSearchParams({ q: text });
  if (only) query.set("only", only);
  else query.set("recent", recent().filter((visit) => visit !== shown).join(","));
  list.setAttribute("aria-busy", "true");
  try {
    const page = new DOMParser().parseFromString(await ask(document.body.dataset.palette + "?" + query, { headers: { accept: "text/html" }, signal: control.signal }), "text/html");
    const own = only ? null : pageGroup(text), groups = [...page.body.children];
    // What was looked at stands first; then what this page offers.
    const place = groups.findIndex((group) => group.dataset.group !== "recent");
    if (own) groups.splice(place < 0 ? groups.length : place, 0, own);
    list.replaceChildren(...groups);
    answered = only + text;
    tell(options().length);
    mark(0);
  } catch (error) {
    if (error.name === "AbortError") return;
    answered = only + text;
    list.replaceChildren();
    tell(0, error.message);
  }
  list.removeAttribute("aria-busy");
}

/** Says how much there is; what is wrong or missing is also seen. */
function tell(count, problem) {
  told.className = count ? "vh" : "none mut";
  told.textContent = problem ?? (count ? say("results", { n: count }) : say("noneFound"));
}

/** Does what is marked. Who types fast and presses Enter means what the words find, not what stood there before. */
async function choose(elsewhere) {
  if (isStale()) await load();
  const chosen = isStale() ? null : options()[index];
  if (!chosen) return;
  if (elsewhere) open(chosen.href); else chosen.click();
}

function build() {
  list = make("div", { class: "hits", role: "listbox", id: "pal-l", "aria-label": say("palette") });
  told = make("p", { class: "vh", role: "status" });
  input = make("input", { type: "search", autocomplete: "off", spellcheck: "false", autocapitalize: "off", dir: "auto", role: "combobox", "aria-expanded": "true", "aria-autocomplete": "list", "aria-controls": "pal-l" });
  dialog = make("dialog", { class: "pal" }, make("div", { class: "q" }, icon("search"), input, make("kbd", { class: "no-m", text: "Esc" }), make("button", { class: "ib only-m", type: "button", "aria-label": say("close"), "data-close": true }, icon("x"))), told, list);
  const later = () => { clearTimeout(timer); timer = setTimeout(load, 90); };
  input.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  input.addEventListener("compositionend", later);
  input.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };
    if (event.key in moves) { event.preventDefault(); mark(Math.abs(moves[event.key]) === 1 ? index + moves[event.key] : Math.max(0, Math.min(options().length - 1, index + moves[event.key]))); }
    if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      choose(event.ctrlKey || event.metaKey);
    }
    // A search field would take the first press for itself, to be emptied.
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); dialog.close(); }
  });
  // Whatever is chosen, the palette has done its work.
  list.addEventListener("click", (event) => { if (event.target.closest("[role=option]") && !event.ctrlKey && !event.metaKey) queueMicrotask(() => dialog.close()); });
  list.addEventListener("pointermove", (event) => { const place = options().indexOf(event.target.closest("[role=option]")); if (place >= 0 && place !== index) mark(place); });
  document.body.append(dialog);
}

/** Opens the palette; `kind` "new" offers only what can be made. */
export function palette(kind = "") {
  if (!dialog) build();
  const words = kind ? "makeWhat" : "palette";
  if (kind !== only || !list.childElementCount || !input.value) { only = kind; input.value = ""; list.replaceChildren(); }
  input.placeholder = say(words);
  for (const element of [dialog, input, list]) element.setAttribute("aria-label", say(words));
  if (!dialog.open) openDialog(dialog);
  input.select();
  load();
}

onDo("palette", () => palette());
