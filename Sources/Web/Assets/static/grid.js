// Cells of a list: a cell cursor, edits in place with undo, blocks copied and pasted. The server decides each change.
import "./combobox.js";
import { ask, fail, isComposing, make, offerFresh, onNews, say, toast } from "./app.js";
import { copied, textOf } from "./celltext.js";
import { normalNumber } from "./form.js";
import { pasteBlock } from "./paste.js";
import { isBeingWritten, remember, undo, undoBy } from "./undo.js";

const list = document.querySelector("[data-list]");
const table = list?.querySelector("table.dt");
const wide = matchMedia("(min-width:769px)");
const heads = () => [...table.tHead.rows[0].cells];
const rows = () => [...document.getElementById("rows").rows].filter((row) => row.dataset.id);
const isCell = (head) => head && head.dataset.c !== undefined;

/** Where the cursor stands, and the other corner of the block chosen. */
let at = null, corner = null, editor = null;

export const columnOf = (index) => heads()[index];
export const gridRows = rows;
export const hasCursor = () => at !== null;

// --- moving

/** Puts the cursor on a cell; keys and input methods write into an invisible box that stands there. */
function stand(row, index, { keep = false } = {}) {
  if (!row || !isCell(columnOf(index))) return;
  if (editor) close();
  const cell = row.cells[index], head = columnOf(index);
  // Measured before anything is written, so that the browser lays the table out once.
  bringIntoSight(cell);
  clearCursor();
  at = { row, index };
  if (!keep) corner = at;
  cell.classList.add("cc");
  const box = make("input", { class: "catch", type: "text", autocomplete: "off", "aria-label": say(isEditable(head) ? "cell" : "cellFixed", { column: head.textContent.trim(), value: textOf(cell) || "–" }) });
  if (!isEditable(head)) box.readOnly = true;
  cell.append(box);
  paintBlock();
  box.focus({ preventScroll: true });
  if (isEditable(head)) prefetch();
}

function clearCursor() {
  for (const cell of table.querySelectorAll(".cc")) { cell.classList.remove("cc"); cell.querySelector(".catch")?.remove(); }
  for (const cell of table.querySelectorAll(".cb-in")) cell.classList.remove("cb-in");
}

export function leave(focusRow = true) {
  if (!at) return false;
  const row = at.row;
  if (editor) close();
  clearCursor();
  at = corner = null;
  if (focusRow) row.querySelector("a.rt")?.focus({ preventScroll: true });
  return true;
}

/** Head and first column stand over the cells; the cursor must not hide under them. */
function bringIntoSight(cell) {
  const frame = table.closest(".tw"), box = cell.getBoundingClientRect(), view = frame.getBoundingClientRect();
  const title = cell.parentElement.querySelector("th"), left = cell.tagName === "TH" ? view.left : title.getBoundingClientRect().right;
  const top = view.top + table.tHead.offsetHeight;
  if (box.left < left) frame.scrollLeft -= left - box.left + 8;
  else if (box.right > view.right) frame.scrollLeft += box.right - view.right + 8;
  if (box.top < top) frame.scrollTop -= top - box.top;
  else if (box.bottom > view.bottom) frame.scrollTop += box.bottom - view.bottom;
}

function step(down, right, options = {}) {
  const all = rows(), row = all[Math.max(0, Math.min(all.length - 1, all.indexOf(at.row) + down))];
  let index = at.index;
  if (right) {
    const next = index + right;
    if (isCell(columnOf(next))) index = next;
    else if (options.wrap) {
      const other = all[all.indexOf(at.row) + Math.sign(right)];
      if (other) { stand(other, right > 0 ? firstCell() : lastCell()); return; }
    }
  }
  stand(row, index, options);
}
const firstCell = () => heads().findIndex(isCell);
const lastCell = () => heads().findLastIndex(isCell);
const isEditable = (head) => head?.dataset.e !== undefined;

/** Enters the cells of a row. */
export function enter(row, index = firstCell() + 1) { if (table && wide.matches) { stand(row, Math.min(index, lastCell())); return true; } return false; }

function block() {
  if (!at) return null;
  const all = rows(), ys = [all.indexOf(at.row), all.indexOf(corner.row)].sort((a, b) => a - b), xs = [at.index, corner.index].sort((a, b) => a - b);
  return { rows: all.slice(Math.max(0, ys[0]), ys[1] + 1), from: xs[0], to: xs[1] };
}

function paintBlock() {
  const chosen = block();
  if (!chosen || (chosen.rows.length === 1 && chosen.from === chosen.to)) return;
  for (const row of chosen.rows) for (let index = chosen.from; index <= chosen.to; index++) row.cells[index].classList.add("cb-in");
}

// --- the content of a cell as its control holds it

let fetched = { key: "", promise: null }, timer;
const keyOf = ({ row, index }) => row.dataset.id + " " + columnOf(index).dataset.c;

function prefetch() { clearTimeout(timer); timer = setTimeout(() => { if (at && isEditable(columnOf(at.index))) content(at); }, 90); }

function content(place) {
  const key = keyOf(place);
  if (fetched.key !== key) {
    const url = list.dataset.base + "/" + place.row.dataset.id + "/cell?field=" + encodeURIComponent(columnOf(place.index).dataset.c);
    fetched = { key, promise: ask(url) };
    fetched.promise.catch(() => { fetched = { key: "", promise: null }; });
  }
  return fetched.promise;
}

// --- editing

const typed = new Set(["text", "long", "number", "money"]);

/** What is typed on a cell replaces it: the invisible box becomes the editor, so that no key and no input method is lost. */
function openTyped(box) {
  if (editor || box.readOnly) return;
  const head = columnOf(at.index);
  if (!typed.has(head.dataset.k)) { if (!["bool", "many", "instant", "day"].includes(head.dataset.k)) openControl(box.value); box.value = ""; return; }
  box.classList.add("on");
  box.dataset.name = head.dataset.c;
  if (head.classList.contains("n")) box.inputMode = "decimal";
  editor = { box, place: at, isTyped: true };
}

/** The field's own control, with what stands in it now. */
async function openControl(seed) {
  const place = at;
  if (!place || editor) return;
  let now;
  try { now = await content(place); } catch (error) { fail(error); return; }
  if (at !== place || editor) return;
  if (!now.editable) { toast(say("fixedHere"), { isError: true }); return; }
  if (columnOf(place.index).dataset.k === "bool") { save(place, [[columnOf(place.index).dataset.c, now.value === "true" ? "false" : "true"]], 0, 0); return; }
  const cell = place.row.cells[place.index], box = cell.getBoundingClientRect();
  const form = make("form", { class: "ced" });
  form.append(...new DOMParser().parseFromString(now.html, "text/html").body.children);
  form.style.left = Math.max(8, Math.min(box.left, innerWidth - Math.max(box.width, 240) - 8)) + "px";
  form.style.top = box.top + "px";
  form.style.minWidth = Math.max(box.width, 220) + "px";
  cell.querySelector(".catch")?.remove();
  document.body.append(form);
  editor = { form, place };
  const control = form.querySelector("input:not([type=hidden]), select, textarea");
  control?.focus();
  if (seed && control?.getAttribute("role") === "combobox") { control.value = seed; control.dispatchEvent(new Event("input", { bubbles: true })); } else control?.select?.();
  if (control?.tagName === "SELECT") {
    // While the list is open only a choice counts as a change; where it can't be opened Enter writes.
    try { control.showPicker(); control.addEventListener("change", () => { if (editor?.form === form) commit(0, 0); }); } catch { /* the list opens at the next press */ }
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); commit(1, 0); });
  form.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.defaultPrevented) return;
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); const { place: back } = editor; close(); stand(back.row, back.index); }
    if (event.key === "Enter" && !(event.target.tagName === "TEXTAREA" && event.shiftKey)) { event.preventDefault(); event.stopPropagation(); commit(event.shiftKey ? -1 : 1, 0); }
    if (event.key === "Tab") { event.preventDefault(); commit(0, event.shiftKey ? -1 : 1); }
  });
  form.addEventListener("focusout", () => setTimeout(() => { if (editor?.form === form && !form.contains(document.activeElement) && document.hasFocus()) commit(0, 0, true); }, 150));
}

function close() {
  const { form, box } = editor;
  editor = null;
  form?.remove();
  box?.remove();
}

/** Writes what the editor holds and goes on by so many rows and columns. */
async function commit(down, right, isLeaving = false) {
  const { place, form, box } = editor;
  const picker = form?.querySelector("bt-combobox");
  if (picker?.settled) {
    await picker.settled;
    if (editor?.form !== form) return;
  }
  const name = columnOf(place.index).dataset.c;
  const pairs = box ? [[name, columnOf(place.index).classList.contains("n") ? normalNumber(box.value) || box.value : box.value]] : [...new FormData(form)].filter(([key]) => key.split(".")[0] === name && !key.endsWith(".q"));
  close();
  save(place, pairs, down, right, isLeaving);
}

async function save(place, pairs, down, right, isLeaving = false) {
  const { row, index } = place, cell = row.cells[index], name = columnOf(index).dataset.c;
  let was = null;
  if (!isLeaving || at === place) { at = place; corner = at; }
  if (fetched.key === keyOf(place)) was = await fetched.promise.then((now) => now.value, () => null);
  const value = pairs.find(([key]) => key === name)?.[1] ?? "";
  if (was !== null && joined(pairs, name) === was && pairs.length < 2) { if (!isLeaving) { stand(row, index); move(down, right); } return; }
  const old = cell.cloneNode(true);
  cell.classList.add("busy-c");
  if (columnOf(index).dataset.k !== "link" && columnOf(index).dataset.k !== "choice") showPending(cell, value);
  if (!isLeaving) { stand(row, index); move(down, right); }
  const ended = Promise.withResolvers();
  isBeingWritten(ended.promise);
  const answer = await send([{ row, pairs, was: was === null ? {} : { [name]: was } }]).catch((error) => ({ rows: [{ ok: false, message: error.message }] }));
  queueMicrotask(ended.resolve);
  fetched = { key: "", promise: null };
  const said = answer.rows[0];
  if (said?.ok) { settle(answer.rows, [row]); remember(answer.rows); return; }
  const stale = row.cells[index];
  const restored = old;
  restored.classList.remove("cc", "busy-c");
  restored.querySelector(".catch")?.remove();
  if (stale?.isConnected) stale.replaceWith(restored);
  refuse(row, index, said, pairs);
}
const joined = (pairs, name) => pairs.filter(([key]) => key === name).map(([, value]) => value).filter(Boolean).join(",");
function move(down, right) { if (down) step(down, 0); else if (right) step(0, right, { wrap: true }); }

function showPending(cell, value) {
  const box = cell.querySelector(".catch");
  if (box) box.remove();
  const link = cell.querySelector("a.rt");
  if (link) link.textContent = value; else cell.textContent = value;
}

/** Sends changes of rows. */
export function send(changes, { dry = false, texts = false } = {}) {
  const body = new URLSearchParams();
  body.set("columns", list.dataset.columns);
  if (table?.classList.contains("sel")) body.set("sel", "1");
  if (dry) body.set("dry", "1");
  if (texts) body.set("texts", "1");
  for (const { row, id, version, pairs, was } of changes) {
    const seen = version ?? row?.dataset.v;
    body.append("id", (id ?? row.dataset.id) + (seen && !texts && version !== null ? "@" + seen : ""));
    for (const [name, value] of pairs) body.append("f." + name, value);
    for (const [name, value] of Object.entries(was ?? {})) body.append("was." + name, value);
  }
  if (!dry) for (const { row, id } of changes) mine.set(id ?? row.dataset.id, performance.now());
  return ask(list.dataset.base + "/cells", { method: "POST", body });
}

/** Records this page changed itself: no news to its reader. */
const mine = new Map();
if (list) onNews((change) => {
  if (change.object !== list.dataset.object || performance.now() - (mine.get(change.id) ?? -1e9) < 6000) return;
  heard.add(String(change.id));
  hearing ||= setTimeout(lookAtNews, 80);
});
const heard = new Set();
let hearing = 0;

/** Rows that others changed are drawn anew, all by one request; what is not drawn is offered to be looked at. */
function lookAtNews() {
  hearing = 0;
  const here = table ? rows().filter((row) => heard.has(row.dataset.id) && editor?.place.row !== row) : [];
  if (here.length < heard.size) offerFresh();
  heard.clear();
  if (here.length) refresh(...here);
}

/** Puts rows as the server draws them in the place of those there are; the cursor stays. */
export function settle(said) {
  for (const one of said) {
    const row = table?.querySelector(`tr[data-id="${one.id}"]`);
    if (!one.html || !row) continue;
    const parsed = new DOMParser().parseFromString("<table><tbody>" + one.html + "</tbody></table>", "text/html");
    const next = document.adoptNode(parsed.querySelector("tr")), box = next.querySelector("input[name=id]");
    if (box && row.querySelector("input[name=id]")?.checked) { box.checked = true; next.setAttribute("aria-selected", "true"); }
    next.className = row.className;
    const holds = at?.row === row, isEditing = editor && editor.place.row === row;
    if (isEditing) {
      row.dataset.v = next.dataset.v;
      editor.place.row = row;
      [...next.cells].forEach((cell, index) => { if (index !== at?.index) row.cells[index].replaceWith(cell); });
      continue;
    }
    if (corner?.row === row) corner = { row: next, index: corner.index };
    row.replaceWith(next);
    if (holds) { const focused = !document.activeElement || document.activeElement === document.body; at = { row: next, index: at.index }; if (focused || document.activeElement?.classList.contains("catch")) stand(next, at.index, { keep: true }); }
  }
}

// --- refusals stand at the cell

function refuse(row, index, said, pairs) {
  const cell = row.cells[index];
  document.querySelector(".cell-e")?.remove();
  const bubble = make("div", { class: "cell-e", role: "alert" }, make("p", { text: said?.message ?? say("failed") }));
  if (said?.theirs !== undefined && said.now) {
    const mine = pairs.map(([, value]) => value).join(" ");
    bubble.append(make("div", { class: "row" },
      make("button", { type: "button", class: "btn s", text: say("keepMine", { value: mine }), onclick: () => { bubble.remove(); row.dataset.v = said.now; fetched = { key: "", promise: null }; force(row, index, pairs, said.now); } }),
      make("button", { type: "button", class: "btn g s", text: say("takeTheirs", { value: said.theirs || "–" }), onclick: () => { bubble.remove(); refresh(row); } })));
  }
  document.body.append(bubble);
  const box = cell.getBoundingClientRect();
  bubble.style.left = Math.max(8, Math.min(box.left, innerWidth - 300)) + "px";
  bubble.style.top = Math.min(box.bottom + 4, innerHeight - 110) + "px";
  cell.classList.add("err-c");
  const clear = () => { bubble.remove(); cell.classList.remove("err-c"); };
  setTimeout(() => { document.addEventListener("pointerdown", (event) => { if (!bubble.contains(event.target)) clear(); }, { once: true }); }, 0);
  setTimeout(clear, 12000);
  stand(row, index);
  // What was typed stays, to be mended.
  const again = cell.querySelector(".catch"), text = pairs.find(([name]) => name === columnOf(index).dataset.c)?.[1];
  if (again && text && said?.theirs === undefined && typed.has(columnOf(index).dataset.k)) { again.value = text; openTyped(again); }
}

async function force(row, index, pairs, version) {
  const answer = await send([{ row, version, pairs }]).catch((error) => { fail(error); });
  if (!answer) return;
  if (answer.rows[0].ok) { settle(answer.rows); remember(answer.rows); } else refuse(row, index, answer.rows[0], pairs);
}

async function refresh(...some) {
  const ids = some.slice(0, 100).map((row) => ["id", row.dataset.id]);
  const answer = await ask(list.dataset.base + "/cells", { method: "POST", body: new URLSearchParams([["columns", list.dataset.columns], ["sel", "1"], ...ids]) }).catch((error) => { fail(error); });
  if (answer) settle(answer.rows);
}

undoBy(send, settle, () => { fetched = { key: "", promise: null }; });

// --- keys and pointer

table?.addEventListener("keydown", (event) => {
  if (!at || isComposing(event)) return;
  const box = event.target.closest?.(".catch");
  if (!box) return;
  const isOpen = editor?.box === box, chord = event.ctrlKey || event.metaKey;
  const done = () => { event.preventDefault(); event.stopPropagation(); };
  if (isOpen) {
    if (event.key === "Enter") { done(); commit(event.shiftKey ? -1 : 1, 0); }
    if (event.key === "Tab") { done(); commit(0, event.shiftKey ? -1 : 1); }
    if (event.key === "Escape") { done(); const { place } = editor; close(); stand(place.row, place.index); }
    return;
  }
  const arrows = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
  if (arrows[event.key]) { done(); step(...arrows[event.key], { keep: event.shiftKey }); return; }
  if (chord && event.key.toLowerCase() === "z") { done(); undo(); return; }
  if (chord || event.altKey) return;
  switch (event.key) {
    case "Tab": done(); step(0, event.shiftKey ? -1 : 1, { wrap: true }); break;
    case "Enter": case "F2": done(); if (isEditable(columnOf(at.index))) openControl(); else if (event.key === "Enter") location.href = at.row.dataset.url; break;
    case "Escape": done(); leave(); break;
    case "Home": done(); stand(at.row, firstCell()); break;
    case "End": done(); stand(at.row, lastCell()); break;
    case "Delete": case "Backspace": if (isEditable(columnOf(at.index)) && columnOf(at.index).dataset.k !== "bool") { done(); const place = at; content(place).then((now) => { if (now.editable) save(place, [[columnOf(place.index).dataset.c, ""]], 0, 0); else toast(say("fixedHere"), { isError: true }); }, fail); } break;
    case " ": if (columnOf(at.index).dataset.k === "bool") { done(); openControl(); } break;
  }
});
table?.addEventListener("input", (event) => { if (event.target.matches(".catch") && !editor) openTyped(event.target); });
table?.addEventListener("compositionstart", (event) => { if (event.target.matches(".catch") && !editor) openTyped(event.target); });
table?.addEventListener("focusout", (event) => {
  if (!event.target.matches(".catch")) return;
  setTimeout(() => {
    if (!document.hasFocus() || document.activeElement?.closest?.(".catch, .ced, dialog, .toasts, .cell-e")) return;
    if (editor?.box === event.target) commit(0, 0, true);
    if (at && !editor && !table.contains(document.activeElement)) { clearCursor(); at = corner = null; }
  }, 0);
});

let dragging = false;
table?.addEventListener("pointerdown", (event) => {
  if (!wide.matches || event.button !== 0 || event.target.closest("a, button, input, label, summary, .ck")) return;
  const cell = event.target.closest("tbody td, tbody th"), index = cell?.cellIndex;
  if (!cell || !isCell(columnOf(index)) || !cell.parentElement.dataset.id) return;
  event.preventDefault();
  if (editor) commit(0, 0, true);
  if (event.shiftKey && at) { const first = corner; stand(cell.parentElement, index, { keep: true }); corner = first; clearBlock(); paintBlock(); return; }
  if (at && at.row === cell.parentElement && at.index === index && isEditable(columnOf(index))) { openControl(); return; }
  stand(cell.parentElement, index);
  dragging = true;
});
function clearBlock() { for (const cell of table.querySelectorAll(".cb-in")) cell.classList.remove("cb-in"); }
table?.addEventListener("pointerover", (event) => {
  const cell = dragging && event.target.closest("tbody td, tbody th");
  if (!cell || !isCell(columnOf(cell.cellIndex)) || (cell.parentElement === at.row && cell.cellIndex === at.index)) return;
  const first = corner;
  stand(cell.parentElement, cell.cellIndex, { keep: true });
  corner = first;
  clearBlock();
  paintBlock();
});
addEventListener("pointerup", () => { dragging = false; });

// Blocks go to and come from spreadsheets.
table?.addEventListener("copy", (event) => {
  if (!at || editor) return;
  const chosen = block();
  const lines = chosen.rows.map((row) => { const out = []; for (let index = chosen.from; index <= chosen.to; index++) out.push(copied(row.cells[index], columnOf(index))); return out.join("\t"); });
  event.clipboardData.setData("text/plain", lines.join("\r\n"));
  event.preventDefault();
  toast(say("copied", { n: chosen.rows.length * (chosen.to - chosen.from + 1) }));
});
table?.addEventListener("paste", (event) => {
  if (!at || editor) return;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!text.trim()) return;
  event.preventDefault();
  pasteBlock(text, { place: at, chosen: block(), rows: rows(), heads: heads(), send, settle, remember, back: () => at && stand(at.row, at.index, { keep: true }) });
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && !event.defaultPrevented && !event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog")) { event.preventDefault(); undo(); }
});
