// The record page: the timeline's filter and its older days, the composer, picking in dialogs.
import "./form.js";
import { askPage, fail } from "./app.js";

const chips = document.querySelector("[data-timeline-filter]");
chips?.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-value]");
  if (!chip) return;
  for (const other of chips.querySelectorAll("[data-value]")) other.setAttribute("aria-pressed", other === chip);
  filter(chip.dataset.value);
});

function filter(group) {
  const timeline = document.getElementById("timeline");
  for (const event of timeline.querySelectorAll(":scope > [data-group]")) event.hidden = group !== "all" && event.dataset.group !== group;
  // A day without anything to show needs no heading.
  for (const heading of timeline.querySelectorAll(":scope > h3")) {
    let shown = false;
    for (let next = heading.nextElementSibling; next && next.tagName !== "H3"; next = next.nextElementSibling) shown ||= next.matches("[data-group]:not([hidden])");
    heading.hidden = !shown;
  }
}

document.addEventListener("click", async (event) => {
  const older = event.target.closest?.("a[data-older]");
  if (!older || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  older.classList.add("busy");
  try {
    const page = await askPage(older.href);
    const more = page.querySelector("#timeline") ?? page.body;
    const next = more.querySelector("a[data-older]");
    const timeline = older.parentElement;
    const days = [...more.children].filter((child) => child !== next);
    const headings = [...timeline.querySelectorAll(":scope > h3")];
    const last = headings[headings.length - 1];
    // The first day fetched may be the last one shown.
    if (last && days[0]?.tagName === "H3" && days[0].textContent === last.textContent) days.shift();
    for (const day of days) older.before(day);
    if (next) older.href = next.getAttribute("href"); else older.remove();
    const pressed = chips?.querySelector("[aria-pressed=true]");
    if (pressed) filter(pressed.dataset.value);
  } catch (error) { fail(error); }
  older.classList.remove("busy");
});

// What is being written survives a closed tab.
const note = document.querySelector("textarea[data-note]");
if (note) {
  const key = "note:" + location.pathname;
  note.value ||= sessionStorage.getItem(key) ?? "";
  note.addEventListener("input", () => sessionStorage.setItem(key, note.value));
  note.form.addEventListener("submit", () => sessionStorage.removeItem(key));
  if (new URLSearchParams(location.search).has("note")) note.focus();
  document.querySelector('.id-a a[href$="?note"]')?.addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey) { event.preventDefault(); note.focus(); note.scrollIntoView({ block: "center" }); } });
}
