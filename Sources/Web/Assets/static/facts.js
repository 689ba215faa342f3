// Facts of a record changed in their place: Enter saves, Esc leaves, a conflict shows both, ten seconds for the way back.
import "./combobox.js";
import { ask, askPage, fail, icon, isComposing, make, offerFresh, onNews, say, toast } from "./app.js";
import { normalNumber } from "./form.js";

const head = document.querySelector("section.id-h[data-record]");
const facts = document.querySelector("aside.facts");
let open = null;
/** Something of this page is on its way to the server. */
let busy = 0;

facts?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.target.closest(".fe")) return;
  const origin = event.target.closest("a.f-w");
  if (origin) { event.preventDefault(); trace(origin.closest("[data-fact]"), origin); return; }
  const row = event.target.closest("[data-fact]"), link = row?.querySelector("a.f-e:not(.f-w)");
  // Links in a value lead where they say; all around them edits.
  if (!link || (event.target.closest("a, button") && !event.target.closest("a.f-e"))) return;
  if (!event.target.closest("a.f-e") && String(getSelection())) return;
  event.preventDefault();
  edit(row);
});

async function edit(row, { typed } = {}) {
  if (open) close();
  const name = row.dataset.fact, dd = row.querySelector("dd"), before = [...dd.childNodes];
  let now;
  try { now = await ask(`${head.dataset.base}/${head.dataset.record}/cell?field=${encodeURIComponent(name)}`); } catch (error) { fail(error); return; }
  if (!now.editable) { toast(say("fixedHere"), { isError: true }); return; }
  const form = make("form", { class: "fe", autocomplete: "off" });
  form.append(...new DOMParser().parseFromString(now.html, "text/html").body.childNodes);
  const control = form.querySelector("input:not([type=hidden]), select, textarea");
  const isLong = control?.tagName === "TEXTAREA";
  form.append(
    make("p", { class: "fe-k" }, make("span", { text: say(isLong ? "factKeysLong" : "factKeys") }), make("span", { class: "sp" }), make("button", { type: "button", class: "ib s", "aria-label": say("history"), title: say("history"), onclick: () => history(name, form) }, icon("history", "i s"))),
    make("p", { class: "fe-b only-m" }, make("button", { type: "submit", class: "btn p", text: say("save") }), make("button", { type: "button", class: "btn g", text: say("cancel"), onclick: () => close() }), make("button", { type: "button", class: "btn g", text: say("history"), onclick: () => history(name, form) })));
  dd.replaceChildren(form);
  row.classList.add("editing");
  open = { row, dd, before, form, name, was: now.value, version: now.version };
  if (typed) for (const [key, value] of typed) { const input = form.elements.namedItem(key); if (input) input.value = value; }
  control?.focus();
  control?.select?.();
  if (control?.tagName === "SELECT") { try { control.showPicker(); } catch { /* the list opens at the next press */ } control.addEventListener("change", () => save()); }
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  form.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.defaultPrevented) return;
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); row.querySelector("a.f-e")?.focus(); }
    if (event.key === "Enter" && (!isLong || event.ctrlKey || event.metaKey) && event.target.tagName !== "BUTTON") { event.preventDefault(); event.stopPropagation(); save(); }
  });
  form.addEventListener("focusout", () => setTimeout(() => { if (open?.form === form && !form.contains(document.activeElement) && document.hasFocus() && !form.querySelector(".err")) save(); }, 180));
}

function close() {
  const { row, dd, before } = open;
  open = null;
  row.classList.remove("editing");
  dd.replaceChildren(...before);
}

const values = (form, name) => [...new FormData(form)]
  .filter(([key]) => key.split(".")[0] === name && !key.endsWith(".q"))
  .map(([key, value]) => [key, form.elements.namedItem(key)?.inputMode === "decimal" ? normalNumber(value) || value : value]);

async function save({ version = open.version, isForced = false } = {}) {
  const place = open, picker = place.form.querySelector("bt-combobox");
  if (picker?.settled) {
    await picker.settled;
    if (open !== place) return;
  }
  const pairs = values(place.form, place.name);
  const held = pairs.filter(([key]) => key === place.name).map(([, value]) => value).filter(Boolean).join(",");
  if (!isForced && held === place.was && pairs.length < 2) { close(); place.row.querySelector("a.f-e")?.focus(); return; }
  place.form.classList.add("busy");
  const said = await send(pairs, version, isForced ? {} : { [place.name]: place.was }).catch((error) => ({ ok: false, message: error.message }));
  place.form.classList.remove("busy");
  if (open !== place && !said.ok) { toast(said.message ?? say("failed"), { isError: true, seconds: 8 }); return; }
  if (!said.ok) { refuse(place, said, pairs); return; }
  if (open === place) close();
  await fresh(place.name);
  const back = said.before ? Object.entries(said.before) : null;
  toast(say("savedCell"), back && { undo: async () => {
    const answer = await send(back, said.version, {}).catch((error) => ({ ok: false, message: error.message }));
    toast(answer.ok ? say("undone") : answer.message, { isError: !answer.ok });
    if (answer.ok) fresh(place.name);
  } });
}

async function send(pairs, version, was) {
  const body = new URLSearchParams();
  body.append("id", head.dataset.record + (version ? "@" + version : ""));
  for (const [name, value] of pairs) body.append("f." + name, value);
  for (const [name, value] of Object.entries(was)) body.append("was." + name, value);
  busy += 1;
  try { return (await ask(head.dataset.base + "/cells", { method: "POST", body })).rows[0]; } finally { setTimeout(() => { busy -= 1; }, 1500); }
}

/** What stood in the way, below the field; what was typed stays. */
function refuse(place, said, pairs) {
  place.form.querySelector(".err")?.remove();
  const note = make("div", { class: "err", role: "alert" }, make("p", { text: said.message ?? say("failed") }));
  if (said.theirs !== undefined && said.now) note.append(
    make("button", { type: "button", class: "btn s", text: say("keepMine", { value: pairs.map(([, value]) => value).join(" ") }), onclick: () => save({ version: said.now, isForced: true }) }),
    make("button", { type: "button", class: "btn g s", text: say("takeTheirs", { value: said.theirs || "–" }), onclick: () => { close(); fresh(place.name); } }));
  place.form.append(note);
  place.form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

/** The head and the facts as they stand now; what is being written elsewhere on the page stays. */
async function fresh(name) {
  try {
    const page = await askPage(location.href);
    // What this page wrote itself is no news.
    if (!name && page.querySelector("section.id-h")?.dataset.version === head.dataset.version) return;
    for (const selector of ["section.id-h .id-n", "section.id-h .kpi", "aside.facts", "#timeline"]) {
      const old = document.querySelector(selector), next = page.querySelector(selector);
      if (!old || !next) continue;
      if (selector === "aside.facts") for (const [index, section] of [...old.querySelectorAll("details")].entries()) { const twin = next.querySelectorAll("details")[index]; if (twin) twin.open = section.open; }
      old.replaceChildren(...next.childNodes);
    }
    head.dataset.version = page.querySelector("section.id-h")?.dataset.version ?? head.dataset.version;
    for (const input of document.querySelectorAll("input[name=version]")) input.value = head.dataset.version;
    if (name) document.querySelector(`[data-fact="${CSS.escape(name)}"] a.f-e`)?.focus({ preventScroll: true });
  } catch (error) { fail(error); }
}

async function history(name, form) {
  const shown = form.querySelector(".fh");
  if (shown) { shown.remove(); return; }
  const list = await past(name);
  if (list && open?.form === form) { form.append(list); list.focus(); }
}

/** What a field was, what it is computed from and what is computed from it. */
async function past(name) {
  try {
    const page = await askPage(`${head.dataset.base}/${head.dataset.record}/history?field=${encodeURIComponent(name)}`);
    const list = page.querySelector(".fh");
    if (list) list.tabIndex = -1;
    return list;
  } catch (error) { fail(error); return null; }
}

/** How a figure of the house came about, below it; Esc or the same press again puts it away. */
async function trace(row, link) {
  const shown = row.querySelector(":scope > .fh-d");
  if (shown) { shown.remove(); return; }
  const list = await past(row.dataset.fact);
  if (!list || row.querySelector(":scope > .fh-d")) return;
  const place = make("dd", { class: "fh-d" }, list);
  list.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); place.remove(); link.focus(); } });
  row.append(place);
  list.focus();
}

// Somebody else changed the record: shown at once, unless something is being written here.
function hear(change) {
  if (change.id !== head.dataset.record) return;
  if (busy) { setTimeout(() => hear(change), 500); return; }
  const isWriting = open || document.querySelector("dialog[open]") || document.activeElement?.closest?.("input, textarea, select") || document.querySelector("textarea[data-note]")?.value;
  if (isWriting || !document.querySelector("aside.facts")) offerFresh(); else fresh();
}
if (head) onNews(hear);
