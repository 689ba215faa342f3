// Lists: rows by keyboard, selection, load more, count on demand, the builder of conditions.
import { ask, askPage, fail, make, onDo, onKey, say } from "./app.js";
import { fitBuilder } from "./filter.js";

fitBuilder();

const list = document.querySelector("[data-list]");
const rows = () => [...document.querySelectorAll("[data-list] [data-url]")];
let current = -1;

function mark(index) {
  const all = rows();
  if (!all.length) return false;
  current = Math.max(0, Math.min(all.length - 1, index));
  all.forEach((row, position) => row.classList.toggle("cur", position === current));
  const link = all[current].querySelector("a.rt");
  link?.focus({ preventScroll: true });
  all[current].scrollIntoView({ block: "nearest" });
}

onKey("j", () => mark(current + 1));
onKey("ArrowDown", (event) => (event.target.closest("a, button, summary") && current < 0 ? false : mark(current + 1)));
onKey("k", () => mark(current - 1));
onKey("ArrowUp", () => (current < 0 ? false : mark(current - 1)));
onKey("Enter", (event) => {
  if (event.target.closest("button, summary") || (event.target.closest("a") && !event.target.closest("a.rt"))) return false;
  const url = rows()[current]?.dataset.url;
  if (!url) return false;
  location.href = url;
});
onKey("x", () => {
  const box = rows()[current]?.querySelector("input[name=id]");
  if (!box) return false;
  box.click();
});

// A click anywhere on a row opens it, unless something else was meant.
list?.addEventListener("click", (event) => {
  if (event.target.closest("a, button, input, label, form, summary") || String(getSelection())) return;
  const row = event.target.closest("[data-url]");
  if (!row) return;
  if (event.ctrlKey || event.metaKey) open(row.dataset.url); else location.href = row.dataset.url;
});

// Selection
const bulk = document.getElementById("bulk");
const all = document.querySelector("[data-all]");
let last = null;
const boxes = () => [...document.querySelectorAll("tbody input[name=id]")];

function showSelection() {
  const chosen = boxes().filter((box) => box.checked);
  for (const box of boxes()) box.closest("tr").setAttribute("aria-selected", box.checked);
  if (bulk) {
    bulk.hidden = chosen.length === 0;
    document.getElementById("bulk-n").textContent = say("selected", { n: chosen.length });
  }
  if (all) { all.checked = chosen.length > 0 && chosen.length === boxes().length; all.indeterminate = chosen.length > 0 && !all.checked; }
}
all?.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; showSelection(); });
list?.addEventListener("click", (event) => {
  const box = event.target.closest?.("input[name=id]");
  if (!box) return;
  if (event.shiftKey && last) {
    const every = boxes();
    const [from, to] = [every.indexOf(last), every.indexOf(box)].sort((a, b) => a - b);
    for (const other of every.slice(from, to + 1)) other.checked = box.checked;
  }
  last = box;
  showSelection();
});
onDo("clear-selection", () => { for (const box of boxes()) box.checked = false; showSelection(); });

// More rows come in below those there are; the address stays that of the first page.
document.addEventListener("click", async (event) => {
  const more = event.target.closest?.("a[data-more]");
  if (!more || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (more.classList.contains("busy")) return;
  more.classList.add("busy");
  try {
    const page = await askPage(more.href);
    const fresh = page.querySelectorAll("#rows > tr");
    document.getElementById("rows").append(...fresh);
    const pager = page.querySelector(".pager"), here = document.querySelector(".pager");
    const count = rows().length;
    const next = pager?.querySelector("a[data-more]");
    if (next) more.href = next.getAttribute("href"); else more.remove();
    here.querySelector("#range").textContent = "1–" + count;
    showSelection();
  } catch (error) { fail(error); }
  more.classList.remove("busy");
});

// Counting is asked for.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-count]");
  if (!link) return;
  event.preventDefault();
  link.textContent = say("computing");
  try {
    const answer = await ask(link.href);
    link.replaceWith(make("span", { class: "mut num", text: say("counted", { n: (answer.count ?? 0).toLocaleString("en-US") }) }));
  } catch (error) { fail(error); link.textContent = "?"; }
});

// Search starts by itself once typing rests.
const search = document.querySelector(".tb [data-search]");
if (search) {
  let timer, before = search.value;
  const go = () => { if (search.value.trim() !== before.trim()) search.form.requestSubmit(); };
  search.addEventListener("input", (event) => { if (event.isComposing) return; clearTimeout(timer); if (!search.value) timer = setTimeout(go, 250); });
  if (search.value) { search.focus(); search.setSelectionRange(search.value.length, search.value.length); }
}
onKey("c", () => {
  const url = list?.dataset.new;
  if (!url) return false;
  location.href = url;
});
