// Forms: errors at the field, unsaved changes, numbers, and the sheet of lines.
import "./combobox.js";
import { icon, isComposing, make, onDo, say, toast } from "./app.js";

// --- unsaved changes

for (const form of document.querySelectorAll("form#form[data-form]")) {
  let dirty = false;
  const status = document.getElementById("dirty");
  form.addEventListener("input", () => { if (!dirty) { dirty = true; if (status) status.textContent = "● " + say("leave").split(/[，,.]/)[0]; } });
  form.addEventListener("change", () => { dirty = true; });
  form.addEventListener("submit", () => { dirty = false; });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  // What may change depends on what is chosen: the form is asked for again with what was typed.
  const of = form.querySelector("[data-field^='after.of.']")?.dataset.field.slice("after.of.".length);
  form.addEventListener("pick", (event) => {
    if (!of || event.target.querySelector?.("input[type=hidden]")?.name !== of || form.dataset.id) return;
    const typed = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && value && !/[.\[]|^(idempotency-key|prefilled|csrf|version|then)$/.test(name));
    dirty = false;
    location.href = location.pathname + "?" + new URLSearchParams(typed);
  });
  form.querySelector("[data-cancel]")?.addEventListener("click", () => { dirty = false; });
}

// --- numbers as people write them: full-width digits, thousands separators, a trailing percent sign

export function normalNumber(text) {
  const half = text.replace(/[０-９．，－％]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[\s\u00a0'’]/g, "").replace(/[¥￥$€£%]/g, "").replace(/−/g, "-");
  const comma = half.lastIndexOf(","), point = half.lastIndexOf(".");
  if (comma > point && point >= 0) return half.replace(/\./g, "").replace(",", ".");
  if (comma >= 0 && point < 0 && /^-?\d+,\d{1,2}$/.test(half)) return half.replace(",", ".");
  return half.replace(/,/g, "");
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.dataset?.number === undefined || !input.value) return;
  const plain = normalNumber(input.value);
  if (/^-?\d*\.?\d*$/.test(plain) && /\d/.test(plain)) { input.value = plain; showError(input, null); } else showError(input, say("notNumber"));
});

// --- errors at the field

export function showError(input, message) {
  const field = input.closest(".fd, td");
  if (!field) return;
  const id = (input.id || input.name) + "-e";
  field.querySelector(".fd-e")?.remove();
  field.classList.toggle("err", Boolean(message));
  input.toggleAttribute("aria-invalid", false);
  if (!message) return;
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", id);
  field.append(make("p", { class: "fd-e", id }, icon("alert-triangle", "i s"), message));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-form]")) return;
  let first = null;
  for (const input of form.querySelectorAll("[required]")) {
    if (input.type === "radio" || input.closest("template")) continue;
    const missing = !String(input.value).trim();
    if (missing) { showError(input, say("requiredField")); first ??= input; }
  }
  for (const input of form.querySelectorAll("[data-number][aria-invalid=true]")) first ??= input;
  if (first) { event.preventDefault(); event.stopImmediatePropagation(); first.focus(); first.closest("details:not([open])")?.setAttribute("open", ""); }
}, true);

document.addEventListener("input", (event) => { if (event.target.getAttribute?.("aria-invalid") && event.target.value) showError(event.target, null); });

// --- dropping files

for (const zone of document.querySelectorAll(".drop")) {
  for (const name of ["dragover", "dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.toggle("over", name === "dragover"));
}

// --- fields of a new definition that depend on the type

for (const form of document.querySelectorAll("form[data-new-field]")) {
  const fit = () => { for (const part of form.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(form.elements.type.value); };
  form.elements.type.addEventListener("change", fit);
  fit();
}

// --- the sheet of lines

class Lines extends HTMLElement {
  connectedCallback() {
    this.body = this.querySelector("tbody");
    this.template = this.querySelector("template");
    if (!this.template) return;
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("paste", (event) => this.paste(event));
    if (!this.body.rows.length) this.add();
  }

  get rows() { return [...this.body.querySelectorAll("tr[data-line]")]; }

  cells(row) { return [...row.querySelectorAll(".ce")]; }

  /** A fresh row at the end or behind `after`. */
  add(after) {
    const row = this.template.content.firstElementChild.cloneNode(true);
    row.classList.add("new");
    after ? after.after(row) : this.body.append(row);
    this.number();
    return row;
  }

  /** Names carry the position, so they follow every move. */
  number() {
    this.rows.forEach((row, position) => {
      row.querySelector(".i-n").textContent = position + 1;
      for (const input of row.querySelectorAll("[name]")) input.name = input.name.replace(/\[\d+\]/, `[${position}]`);
      for (const picker of row.querySelectorAll("bt-combobox")) picker.dataset.name = picker.dataset.name.replace(/\[\d+\]/, `[${position}]`);
    });
  }

  changed() { this.dispatchEvent(new Event("input", { bubbles: true })); }

  key(event) {
    const cell = event.target;
    if (isComposing(event) || !cell.matches?.(".ce") || event.defaultPrevented) return;
    const row = cell.closest("tr"), rows = this.rows, position = rows.indexOf(row), column = this.cells(row).indexOf(cell);
    const go = (target) => { const next = this.cells(target)[column]; if (next) { next.focus(); next.select?.(); } };
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (event.shiftKey) { if (position > 0) go(rows[position - 1]); return; }
      if (position < rows.length - 1) go(rows[position + 1]);
      else if (this.cells(row).some((input) => input.value)) { const fresh = this.add(); this.cells(fresh)[0].focus(); }
    }
    if (event.key === "ArrowDown" && cell.tagName === "INPUT" && position < rows.length - 1) { event.preventDefault(); go(rows[position + 1]); }
    if (event.key === "ArrowUp" && cell.tagName === "INPUT" && position > 0) { event.preventDefault(); go(rows[position - 1]); }
    if (event.altKey && event.key === "ArrowUp") { event.preventDefault(); this.move(row, -1); cell.focus(); }
    if (event.altKey && event.key === "ArrowDown") { event.preventDefault(); this.move(row, 1); cell.focus(); }
    if ((event.ctrlKey || event.metaKey) && event.key === "d") { event.preventDefault(); this.copy(row); }
    if ((event.ctrlKey || event.metaKey) && event.key === "Backspace") { event.preventDefault(); this.drop(row); }
  }

  /** A block from a spreadsheet fills cells to the right and downward, making rows as needed. */
  paste(event) {
    const cell = event.target, text = event.clipboardData?.getData("text/plain") ?? "";
    if (!cell.matches?.(".ce") || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const block = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    let row = cell.closest("tr");
    const column = this.cells(row).indexOf(cell);
    block.forEach((values, index) => {
      if (index > 0) row = this.rows[this.rows.indexOf(row) + 1] ?? this.add();
      const cells = this.cells(row);
      values.forEach((value, offset) => {
        const target = cells[column + offset];
        if (!target) return;
        if (target.tagName === "SELECT") {
          const option = [...target.options].find((one) => one.value === value.trim() || one.textContent.trim() === value.trim());
          if (option) target.value = option.value;
        } else target.value = target.dataset.number !== undefined ? normalNumber(value.trim()) : value.trim();
        target.dispatchEvent(new Event("change", { bubbles: true }));
      });
    });
    toast(say("pasted", { n: block.length }));
    this.changed();
  }

  copy(row) {
    const twin = this.add(row);
    const [from, to] = [row.querySelectorAll("[name]"), twin.querySelectorAll("[name]")];
    from.forEach((input, index) => { if (to[index] && !input.name.endsWith(".id")) to[index].value = input.value; });
    twin.querySelector(".ce")?.focus();
    this.changed();
  }

  move(row, by) {
    const rows = this.rows, other = rows[rows.indexOf(row) + by];
    if (!other) return;
    by < 0 ? other.before(row) : other.after(row);
    this.number();
    this.changed();
  }

  drop(row) {
    const rows = this.rows, position = rows.indexOf(row), next = rows[position + 1] ?? rows[position - 1];
    row.remove();
    this.number();
    this.changed();
    this.cells(next ?? this.add())[0]?.focus();
    toast(say("lineDeleted", { n: position + 1 }), { undo: () => { const before = this.rows[position]; before ? before.before(row) : this.body.append(row); this.number(); this.changed(); } });
  }
}
customElements.define("bt-lines", Lines);

onDo("add-line", (button) => { const grid = button.closest("bt-lines"); grid.cells(grid.add())[0]?.focus(); });
onDo("copy-line", (button) => button.closest("bt-lines").copy(button.closest("tr")));
onDo("line-up", (button) => button.closest("bt-lines").move(button.closest("tr"), -1));
onDo("line-down", (button) => button.closest("bt-lines").move(button.closest("tr"), 1));
onDo("delete-line", (button) => button.closest("bt-lines").drop(button.closest("tr")));
