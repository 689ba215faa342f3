// Lists: rows by keyboard, a look beside the list, more rows as one scrolls, count on demand, the builder of conditions.
import { onKey } from "./app.js";
import "./columns.js";
import { clearSelection, extendTo, showSelection } from "./bulk.js";
import { fitBuilder } from "./filter.js";
import { enter, hasCursor } from "./grid.js";
import { closePeek, isPeeking, peek } from "./peek.js";
import "./look.js";
import "./window.js";

fitBuilder();

const list = document.querySelector("[data-list]");
const rows = () => [...document.querySelectorAll("[data-list] tr[data-url]")];
let current = null;

/** The row at hand; its place among those drawn. */
const place = () => (current?.isConnected ? rows().indexOf(current) : current ? rows().findIndex((row) => row.dataset.id === current.dataset.id) : -1);

/** Only the row left and the row reached are touched, so that the others need no new style. */
function turnTo(row) {
  for (const other of document.querySelectorAll("[data-list] tr.cur")) if (other !== row) other.classList.remove("cur");
  row.classList.add("cur");
  current = row;
}

function mark(index) {
  const all = rows();
  if (!all.length) return false;
  turnTo(all[Math.max(0, Math.min(all.length - 1, index))]);
  current.querySelector("a.rt")?.focus({ preventScroll: true });
  current.scrollIntoView({ block: "nearest" });
  if (isPeeking()) peek(current);
}

const isList = (event) => !event.target.closest("button, summary") && !(event.target.closest("a") && !event.target.closest("a.rt"));
onKey("j", () => mark(place() + 1));
onKey("k", () => mark(place() - 1));
onKey("ArrowDown", (event) => {
  if (!isList(event) && place() < 0) return false;
  const result = mark(place() + 1);
  if (event.shiftKey && current) extendTo(current);
  return result;
});
onKey("ArrowUp", (event) => {
  if (place() < 0) return false;
  const result = mark(place() - 1);
  if (event.shiftKey && current) extendTo(current);
  return result;
});
onKey("ArrowRight", () => (place() < 0 || hasCursor() ? false : enter(rows()[place()])));
onKey("F2", () => (place() < 0 ? false : enter(rows()[place()])));
onKey(" ", (event) => (place() < 0 || !isList(event) ? false : void peek(rows()[place()])));
onKey("Enter", (event) => {
  if (!isList(event)) return false;
  const url = rows()[place()]?.dataset.url;
  if (!url) return false;
  location.href = url;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], details.menu[open]") || event.target.closest?.("input:not([type=checkbox]), textarea, select")) return;
  if (closePeek() || clearSelection()) event.preventDefault();
});
list?.addEventListener("focusin", (event) => {
  const row = event.target.closest("tr[data-url]");
  if (!row || row === current) return;
  turnTo(row);
});

// On the phone a touch anywhere on a card opens it; a wide list has cells to stand on.
list?.addEventListener("click", (event) => {
  if (event.target.closest("a, button, input, label, form, summary, aside") || String(getSelection())) return;
  const row = event.target.closest("[data-url]");
  if (!row) return;
  if (event.ctrlKey || event.metaKey) open(row.dataset.url);
  else if (!matchMedia("(min-width:769px)").matches || !row.dataset.v) location.href = row.dataset.url;
});

// Search starts by itself once typing rests.
const search = document.querySelector(".tb [data-search]");
if (search) {
  let timer, before = search.value;
  const go = () => { if (search.value.trim() !== before.trim()) search.form.requestSubmit(); };
  search.addEventListener("input", (event) => { if (event.isComposing) return; clearTimeout(timer); if (!search.value) timer = setTimeout(go, 250); });
  if (search.value) { search.focus(); search.setSelectionRange(search.value.length, search.value.length); }
}
addEventListener("pageshow", showSelection);
