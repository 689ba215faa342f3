// The head of a list: its link, widths drawn by pointer or keys and kept for this person, the order of columns, figures below.
import { ask, fail, icon, make, onDo, onUnfold, openDialog, say, toast } from "./app.js";

const list = document.querySelector("[data-list]");
const table = list?.querySelector("table.dt");

// --- the link to this list, for others

onDo("copy-link", async (button) => {
  const link = new URL(button.dataset.link, location.href).href;
  button.closest("details")?.removeAttribute("open");
  try { await navigator.clipboard.writeText(link); toast(say("linkCopied")); } catch { showLink(link); }
});

/** Where the clipboard is closed to pages the link is shown, chosen, to be copied by hand. */
function showLink(link) {
  const box = make("input", { class: "in", type: "text", readonly: true, value: link, "aria-label": say("link") });
  const close = make("button", { class: "ib", type: "button", "aria-label": say("close"), "data-close": true }, icon("x"));
  const dialog = make("dialog", { class: "dl", "aria-label": say("link") }, make("header", {}, make("h2", { text: say("link") }), make("span", { class: "sp" }), close), make("div", { class: "dl-b" }, box));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  openDialog(dialog);
  box.select();
}

// --- order of columns

// The arrows do what the numbers do without scripts.
const arrange = () => { for (const box of document.querySelectorAll("input.ord")) box.disabled = true; };
arrange();
onUnfold(arrange);
for (const [name, by] of [["col-up", -1], ["col-down", 1]]) {
  onDo(name, (button) => {
    const item = button.closest(".col-i"), other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other?.matches(".col-i")) return;
    by < 0 ? other.before(item) : other.after(item);
    button.focus();
  });
}

// --- widths

const cols = () => [...(table.querySelector("colgroup")?.children ?? [])];

/** From here on columns keep the width they have, whatever rows come in. */
function fix() {
  const heads = [...table.tHead.rows[0].cells], widths = heads.map((head) => Math.round(head.getBoundingClientRect().width));
  let group = table.querySelector("colgroup");
  if (!group) { group = make("colgroup", {}, ...heads.map(() => make("col"))); table.prepend(group); }
  cols().forEach((col, index) => { col.style.width = widths[index] + "px"; });
  table.style.width = widths.reduce((sum, width) => sum + width, 0) + "px";
  table.classList.add("fixed");
}

let waiting;
function keep(head, width) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    ask(list.dataset.base + "/views", { method: "POST", body: new URLSearchParams([["do", "arrange"], ["view", list.dataset.view], ["w." + head.dataset.c, String(width)]]) }).catch(fail);
  }, 500);
}

function set(head, width) {
  const wanted = Math.max(60, Math.min(900, Math.round(width))), col = cols()[head.cellIndex];
  const before = parseFloat(col.style.width);
  col.style.width = wanted + "px";
  table.style.width = parseFloat(table.style.width) + wanted - before + "px";
  head.querySelector(".rz")?.setAttribute("aria-valuenow", wanted);
  keep(head, wanted);
}

/** Puts a grip at each head; all are measured before any is put in, so that the table is laid out once. */
function grips() {
  const heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.c !== undefined);
  const widths = heads.map((head) => Math.round(head.getBoundingClientRect().width));
  heads.forEach((head, index) => head.append(grip(head, widths[index])));
}

function grip(head, now) {
  const grip = make("span", { class: "rz", role: "separator", tabindex: "0", "aria-orientation": "vertical", "aria-label": say("colWidth", { column: head.textContent.trim() }), "aria-valuemin": "60", "aria-valuemax": "900", "aria-valuenow": String(now) });
  grip.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (!table.classList.contains("fixed")) fix();
    const from = event.clientX, width = head.getBoundingClientRect().width;
    grip.setPointerCapture(event.pointerId);
    grip.onpointermove = (move) => set(head, width + move.clientX - from);
    grip.onpointerup = () => { grip.onpointermove = grip.onpointerup = null; };
  });
  grip.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    event.stopPropagation();
    if (!table.classList.contains("fixed")) fix();
    set(head, head.getBoundingClientRect().width + (event.key === "ArrowRight" ? 16 : -16));
  });
  return grip;
}

if (table) {
  const late = [...table.querySelectorAll("tr.late")];
  if (matchMedia("(min-width:769px)").matches) {
    // Rows that come in later must not move what is read now.
    if (late.length || document.querySelector("a[data-more]") || table.querySelector("col[width]")) fix();
    grips();
  }
  for (const row of late) row.classList.remove("late");
  // The first column holds still only where there is something to scroll to: each cell of it costs the browser a layer.
  const frame = table.parentElement;
  const sizes = new ResizeObserver(() => frame.classList.toggle("fits", frame.scrollWidth <= frame.clientWidth));
  for (const box of [table, frame]) sizes.observe(box);
}

// --- figures: how many there are, and the sums of the columns

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-count]");
  if (!link) return;
  event.preventDefault();
  const words = link.textContent;
  link.textContent = say("computing");
  try {
    const answer = await ask(link.getAttribute("href").replace("/count", "/figures"));
    link.replaceWith(make("span", { class: "mut num", text: say("counted", { n: answer.count.toLocaleString("en-US") + (answer.capped ? "+" : "") }) }));
    showSums(answer.sums);
  } catch (error) { fail(error); link.textContent = words; }
});

function showSums(sums) {
  if (!Object.keys(sums).length) return;
  const foot = make("tr"), heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, index) => foot.append(make(index === 0 ? "th" : "td", { class: head.classList.contains("n") ? "n" : head.className, scope: index === 0 ? "row" : null, text: sums[head.dataset.c] ?? "" })));
  const name = foot.cells[heads[0].dataset.c === undefined ? 1 : 0];
  if (!name.textContent) name.append(make("button", { type: "button", class: "ex", popovertarget: "sum-how", title: say("sumMeaning"), text: say("sum") }), make("span", { class: "ex-p", id: "sum-how", popover: "auto", role: "note" }, make("b", { text: say("sum") }), make("span", { text: say("sumMeaning") })));
  table.tFoot?.remove();
  table.append(make("tfoot", {}, foot));
}
