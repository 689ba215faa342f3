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
  if (head.dataset.k === "number" || head.dataset.k === "money") return normalNumber(text.replace(/[A-Z]{2,3}\$?|[^-−\d.,%]/g, "")) + (text.includes("%") ? "%" : "");
  const flat = text.replace(/[\t\r\n]+/g, " ");
  return /^[=+\-@]/.test(flat) ? "'" + flat : flat;
}

/** The column's sum over cells, by unit as it is written: `US$ 12,400.00 · € 300.00`. */
export function sumOf(cells) {
  const sums = new Map();
  for (const cell of cells) {
    const text = textOf(cell), digits = text.replace(/[^-−\d.,]/g, ""), number = Number(normalNumber(digits));
    if (!/\d/.test(digits) || !Number.isFinite(number)) continue;
    const unit = text.replace(/[-−+\d.,\s]/g, ""), known = sums.get(unit) ?? { sum: 0, scale: 0, isBefore: text.startsWith(unit) };
    sums.set(unit, { ...known, sum: known.sum + number, scale: Math.max(known.scale, (digits.split(".")[1] ?? "").length) });
  }
  return [...sums].map(([unit, { sum, scale, isBefore }]) => {
    const figure = sum.toLocaleString("en-US", { minimumFractionDigits: scale, maximumFractionDigits: scale });
    return !unit ? figure : isBefore ? unit + " " + figure : figure + " " + unit;
  }).join(" · ");
}
