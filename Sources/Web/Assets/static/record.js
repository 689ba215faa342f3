// The record page: the timeline's filter and its older days, the composer, picking in dialogs.
import "./form.js";
import "./files.js";
import { askPage, fail } from "./app.js";

const chips = document.querySelector("[data-timeline-filter]");
chips?.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-value]");
  if (!chip) return;
  for (const other of chips.querySelectorAll("[data-value]")) other.setAttribute("aria-pressed", other === chip);
  filter(chip.dataset.value);
});

const search = document.querySelector("[data-timeline-search]");

/** Shows the events of a kind whose words, or whose person, fit what is searched for. */
function filter(group) {
  const timeline = document.getElementById("timeline"), wanted = (search?.value ?? "").trim().toLowerCase();
  for (const event of timeline.querySelectorAll(":scope > [data-group]")) event.hidden = (group !== "all" && event.dataset.group !== group) || (wanted !== "" && !event.textContent.toLowerCase().includes(wanted));
  // A day without anything to show needs no heading.
  for (const heading of timeline.querySelectorAll(":scope > h3")) {
    let shown = false;
    for (let next = heading.nextElementSibling; next && next.tagName !== "H3"; next = next.nextElementSibling) shown ||= next.matches("[data-group]:not([hidden])");
    heading.hidden = !shown;
  }
}

// What is searched for may lie further back: earlier days are fetched until enough is found.
let timer = 0;
async function seek() {
  const pressed = () => chips?.querySelector("[aria-pressed=true]")?.dataset.value ?? "all";
  filter(pressed());
  const wanted = search.value;
  for (let pages = 0; wanted.trim() && pages < 8; pages += 1) {
    const found = document.querySelectorAll("#timeline > [data-group]:not([hidden])").length;
    const older = document.querySelector("#timeline a[data-older]");
    if (found >= 10 || !older) return;
    await fetchOlder(older);
    if (search.value !== wanted) return;
  }
}
const soon = () => { clearTimeout(timer); timer = setTimeout(seek, 250); };
search?.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
search?.addEventListener("compositionend", soon);

document.addEventListener("click", (event) => {
  const older = event.target.closest?.("a[data-older]");
  if (!older || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  fetchOlder(older);
});

async function fetchOlder(older) {
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
    filter(pressed?.dataset.value ?? "all");
  } catch (error) { fail(error); }
  older.classList.remove("busy");
}
