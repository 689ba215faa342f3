// What stands in cells of a list: as text, as a spreadsheet takes it, and added up.
import { normalNumber } from "./form.js";

export function textOf(cell) {
  if (cell.querySelector("svg.i use[href$='#check']")) return "✓";
  const text = (cell.querySelector(".who-i > :last-child") ?? cell.querySelector("a.rt") ?? cell).textContent.trim();
  return text === "–" ? "" : text;
}

/** What goes to a spreadsheet: plain digits for numbers, and nothing that it would compute. */
export function copied(cell, head) {
  const text = [...cell.querySelectorAll(".tag")].map((tag) => tag.textContent.trim()).join(" · ") || textOf(cell);
  if (head.dataset.k === "number" || head.dataset.k === "money") return normalNumber(text.replace(/[A-Z]{3}/g, "")) + (text.includes("%") ? "%" : "");
  const flat = text.replace(/[\t\r\n]+/g, " ");
  return /^[=+\-@]/.test(flat) ? "'" + flat : flat;
}

/** The column's sum over cells, by unit: `12,400.00 USD · 300.00 CNY`. */
export function sumOf(cells) {
  const sums = new Map();
  for (const cell of cells) {
    const text = textOf(cell), unit = (text.match(/[A-Za-z%]+|[¥€£$]/) ?? [""])[0], number = Number(normalNumber(text.replace(/[A-Za-z%¥€£$\s]+/g, "")));
    if (text && Number.isFinite(number)) sums.set(unit, (sums.get(unit) ?? 0) + number);
  }
  return [...sums].map(([unit, sum]) => sum.toLocaleString("en-US", { maximumFractionDigits: 2 }) + (unit ? " " + unit : "")).join(" · ");
}
