// Rows chosen: by box, by range, all that match; their sums; one change for many of them with a look beforehand.
import { ask, fail, icon, make, onDo, onKey, openDialog, say, toast } from "./app.js";
import { sumOf } from "./celltext.js";
import { send, settle } from "./grid.js";
import { inParts, refusals } from "./paste.js";
import { holdPage, noteWritten, offerBroken, remember } from "./undo.js";

const list = document.querySelector("[data-list]");
const bar = document.getElementById("bulk");
const all = document.querySelector("[data-all]");
/** Ids chosen, also of rows that are not drawn now. */
export const chosen = new Set();
let last = null;

const boxes = () => [...document.querySelectorAll("#rows input[name=id]")];

/** Draws the choice on the rows that are there. */
export function showSelection() {
  const here = boxes();
  for (const box of here) {
    const row = box.closest("tr"), isChosen = chosen.has(box.value);
    box.checked = isChosen;
    if (row.getAttribute("aria-selected") !== String(isChosen)) row.setAttribute("aria-selected", isChosen);
  }
  const count = here.filter((box) => box.checked).length;
  if (all) { all.checked = count > 0 && count === here.length; all.indeterminate = count > 0 && !all.checked; }
  if (!bar) return;
  bar.hidden = chosen.size === 0;
  document.getElementById("bulk-n").textContent = say("selected", { n: chosen.size.toLocaleString("en-US") });
  const more = document.getElementById("bulk-all");
  more.hidden = !(count === here.length && chosen.size === here.length && document.querySelector("a[data-more]"));
  more.textContent = say("allMatching");
  document.getElementById("bulk-sum").textContent = sums(here.filter((box) => box.checked));
  // Rows that are not drawn are sent along with those that are.
  for (const hidden of bar.querySelectorAll("input[data-far]")) hidden.remove();
  const drawn = new Set(here.map((box) => box.value));
  for (const id of chosen) if (!drawn.has(id)) bar.append(make("input", { type: "hidden", name: "id", value: id, "data-far": true }));
}

function sums(here) {
  if (here.length < 2 || here.length < chosen.size) return "";
  const heads = [...list.querySelector("table.dt").tHead.rows[0].cells];
  const parts = heads.flatMap((head, index) => (head.dataset.k === "money" || (head.dataset.k === "number" && !/prob|rate|pct|percent|_no$|version/.test(head.dataset.c)) ? [[head.textContent.trim(), sumOf(here.map((box) => box.closest("tr").cells[index]))]] : []));
  return parts.filter(([, sum]) => sum).slice(0, 2).map(([name, sum]) => name + " " + sum).join(" · ");
}

function choose(box, on) { if (on) chosen.add(box.value); else chosen.delete(box.value); }

all?.addEventListener("change", () => { for (const box of boxes()) choose(box, all.checked); showSelection(); });
list?.addEventListener("click", (event) => {
  const box = event.target.closest?.("input[name=id]");
  if (!box) return;
  const here = boxes(), place = here.indexOf(last);
  if (event.shiftKey && place >= 0) {
    const [from, to] = [place, here.indexOf(box)].sort((a, b) => a - b);
    for (const other of here.slice(from, to + 1)) choose(other, box.checked);
  }
  choose(box, box.checked);
  last = box;
  showSelection();
});

/** Chooses the rows from the one chosen last to this one. */
export function extendTo(row) {
  const here = boxes(), box = row.querySelector("input[name=id]");
  if (!box) return;
  if (!last?.isConnected) last = box;
  const [from, to] = [here.indexOf(last), here.indexOf(box)].sort((a, b) => a - b);
  for (const other of here.slice(from, to + 1)) choose(other, true);
  showSelection();
}

export function clearSelection() { if (!chosen.size) return false; chosen.clear(); last = null; showSelection(); return true; }
onDo("clear-selection", clearSelection);
document.getElementById("bulk-all")?.addEventListener("click", async (event) => {
  const button = event.currentTarget;
  button.classList.add("busy");
  try {
    const answer = await ask(list.dataset.base + "/ids" + location.search);
    for (const id of answer.ids) chosen.add(id);
    showSelection();
    if (answer.capped) toast(say("allCapped"));
  } catch (error) { fail(error); }
  button.classList.remove("busy");
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a" && all && !event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog")) { event.preventDefault(); for (const box of boxes()) choose(box, true); showSelection(); }
});

// --- one change for many

if (bar) offerBroken();

onDo("bulk-edit", (button) => {
  const ids = [...chosen], fields = button.dataset.fields.split("\n").map((line) => line.split(/=(.*)/s));
  const title = say("bulkTitle", { n: ids.length.toLocaleString("en-US") });
  const field = make("select", { class: "in", id: "be-f" });
  const shown = new Set([...list.querySelectorAll("th[data-e]")].map((head) => head.dataset.c));
  fields.sort(([a], [b]) => shown.has(b) - shown.has(a));
  for (const [id, label] of fields) field.append(make("option", { value: id, text: label }));
  const value = make("div", { class: "be-v" }), result = make("div", { class: "be-r", role: "status" });
  const go = make("button", { class: "btn p", type: "submit", text: say("preview") });
  const form = make("form", { class: "be" }, make("div", { class: "dl-b" },
    make("div", { class: "fd" }, make("label", { class: "fd-l", for: "be-f", text: say("bulkField") }), field), value, result),
    make("footer", { class: "dl-f" }, make("button", { class: "btn", type: "button", "data-close": true, text: say("cancel") }), go));
  const dialog = make("dialog", { class: "dl", "aria-label": title }, make("header", {}, make("h2", { text: title }), make("span", { class: "sp" }), make("button", { class: "ib", type: "button", "aria-label": say("close"), "data-close": true }, icon("x"))), form);
  let good = null, stopped = false, asked = 0;
  const again = () => { good = null; go.textContent = say("preview"); go.disabled = false; result.replaceChildren(); };
  // Only the field chosen last has a say: a late answer would empty what was typed meanwhile.
  const fit = async () => {
    const turn = ++asked;
    again();
    value.replaceChildren();
    try {
      const answer = await ask(list.dataset.base + "/cell?field=" + encodeURIComponent(field.value));
      if (turn !== asked) return;
      value.replaceChildren(...new DOMParser().parseFromString(answer.html, "text/html").body.children);
      const label = value.querySelector(".fd-l");
      if (label) label.textContent = say("bulkValue");
    } catch (error) { fail(error); }
  };
  field.addEventListener("change", fit);
  value.addEventListener("input", again);
  value.addEventListener("change", again);
  const pairs = () => [...new FormData(form)].filter(([key]) => key.split(".")[0] === field.value && !key.endsWith(".q"));
  const meter = (text, all) => (from) => { result.querySelector("progress")?.setAttribute("value", from); const words = result.querySelector(".be-p"); if (words) words.textContent = say(text, { done: from, all }); return !stopped; };
  const track = (all) => result.replaceChildren(make("progress", { class: "bar-x", max: all, value: 0, "aria-label": title }), make("p", { class: "mut num be-p" }));
  const check = async () => {
    track(ids.length);
    const said = await inParts(ids.map((id) => ({ id, version: null, pairs: pairs() })), (part) => send(part, { dry: true }), meter("checking", ids.length));
    const refused = said.filter((one) => !one.ok);
    good = said.filter((one) => one.ok).map((one) => one.id);
    result.replaceChildren(make("p", { class: "row" }, icon("check-circle"), make("span", { text: say("pasteFits", { n: good.length }) })));
    if (refused.length) result.append(make("p", { class: "row t-bad" }, icon("alert-triangle"), make("span", { text: say("pasteRefused", { n: refused.length }) })), refusals(refused));
    go.textContent = say("write", { n: good.length });
    go.disabled = good.length === 0;
    // A button that can't be pressed loses the focus.
    if (dialog.open && document.activeElement === document.body) (go.disabled ? field : go).focus();
  };
  const write = async () => {
    const all = good.length, letGo = holdPage();
    track(all);
    const said = [];
    try {
      await inParts(good.map((id) => ({ id, version: null, pairs: pairs() })), async (part) => {
        const answer = await send(part);
        said.push(...answer.rows);
        noteWritten(said, all);
        return answer;
      }, meter("writing", all));
      // What breaks off, also with its page, stays noted.
      noteWritten([], 0);
    } finally { letGo(); tell(said, all); }
  };
  /** What was written of all, also when it was stopped or broke off. */
  const tell = (said, all) => {
    dialog.close();
    settle(said);
    const fine = said.filter((one) => one.ok).length, late = said.filter((one) => !one.ok), left = ids.length - fine;
    if (late.length) toast(say("notWritten", { n: late.length, why: late[0].message }), { isError: true });
    remember(said, say(said.length < all ? "stopped" : left ? "savedSome" : "savedCells", { n: fine, left }));
    if (!fine && !late.length) toast(say("stopped", { n: 0, left }));
    showSelection();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    go.disabled = true;
    try { await (good === null ? check() : write()); } catch (error) { fail(error); again(); }
  });
  dialog.addEventListener("close", () => { stopped = true; dialog.remove(); });
  document.body.append(dialog);
  fit();
  openDialog(dialog);
});

onKey("x", () => {
  const box = document.querySelector("#rows tr.cur input[name=id]");
  if (!box) return false;
  box.click();
});
