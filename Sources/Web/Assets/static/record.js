// The record page: the timeline's filter and its older days, the composer, picking in dialogs.
import "./form.js";
import "./files.js";
import { askPage, fail } from "./app.js";

// A chip narrows the timeline: the server reads those kinds, this file puts them in the page without leaving it.
const activity = () => document.querySelector("section.mid");
document.addEventListener("click", (event) => {
  const chip = event.target.closest?.("[data-timeline-filter] a.chip");
  if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  narrow(chip.href, true);
});
addEventListener("popstate", () => { if (document.querySelector("[data-timeline-filter]")) narrow(location.href, false); });

let asked = null;
async function narrow(url, isNew) {
  asked?.abort();
  asked = new AbortController();
  const text = search()?.value ?? "";
  activity().setAttribute("aria-busy", "true");
  try {
    const page = await askPage(url, { signal: asked.signal });
    const chips = page.querySelector("[data-timeline-filter]"), timeline = page.querySelector("section.mid > .tl");
    if (!chips || !timeline) { location.href = url; return; }
    const pressed = document.activeElement?.closest?.("[data-timeline-filter] a.chip")?.firstChild?.textContent;
    const bar = document.querySelector("[data-timeline-filter]");
    for (const old of bar.querySelectorAll("a.chip")) old.remove();
    bar.prepend(...chips.querySelectorAll("a.chip"));
    document.querySelector("section.mid > .tl").replaceWith(timeline);
    if (isNew) history.pushState(null, "", url);
    if (pressed) [...bar.querySelectorAll("a.chip")].find((one) => one.firstChild.textContent === pressed)?.focus();
    if (text.trim()) seek();
  } catch (error) { if (error.name !== "AbortError") fail(error); }
  activity().removeAttribute("aria-busy");
}

const search = () => document.querySelector("[data-timeline-search]");

/** Shows the events whose words, or whose person, fit what is searched for. */
function filter() {
  const timeline = document.getElementById("timeline"), wanted = (search()?.value ?? "").trim().toLowerCase();
  if (!timeline) return;
  for (const event of timeline.querySelectorAll(":scope > [data-group]")) event.hidden = wanted !== "" && !event.textContent.toLowerCase().includes(wanted);
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
  filter();
  const wanted = search().value;
  for (let pages = 0; wanted.trim() && pages < 8; pages += 1) {
    const found = document.querySelectorAll("#timeline > [data-group]:not([hidden])").length;
    const older = document.querySelector("#timeline a[data-older]");
    if (found >= 10 || !older) return;
    await fetchOlder(older);
    if (search().value !== wanted) return;
  }
}
const soon = () => { clearTimeout(timer); timer = setTimeout(seek, 250); };
search()?.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
search()?.addEventListener("compositionend", soon);

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
    filter();
  } catch (error) { fail(error); }
  older.classList.remove("busy");
}

// Tabs that do not fit fade at the edge, and a menu names all of them.
for (const row of document.querySelectorAll(".tabs-w")) {
  const tabs = row.querySelector(".tabs"), menu = row.querySelector(".tabs-m");
  const fit = () => {
    const over = tabs.scrollWidth > tabs.clientWidth + 1;
    menu.hidden = !over;
    row.classList.toggle("over", over);
    row.classList.toggle("end", tabs.scrollLeft + tabs.clientWidth >= tabs.scrollWidth - 2);
  };
  new ResizeObserver(fit).observe(tabs);
  tabs.addEventListener("scroll", fit, { passive: true });
  const shown = tabs.querySelector("[aria-current]");
  if (shown && shown.offsetLeft + shown.offsetWidth > tabs.clientWidth - 56) tabs.scrollLeft = shown.offsetLeft - 24;
}

// The partner's clock goes on while the page is open.
for (const clock of document.querySelectorAll("[data-zone]")) {
  const tick = () => {
    const parts = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: clock.dataset.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23", weekday: "short" }).formatToParts(new Date());
    const part = (type) => parts.find((one) => one.type === type)?.value ?? "";
    clock.textContent = `${part("hour")}:${part("minute")} ${part("weekday")}`;
  };
  setInterval(tick, 20000);
}
