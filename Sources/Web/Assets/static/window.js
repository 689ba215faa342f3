// Rows come in as one scrolls and go out again far above and below, so that a list of any length stays light.
import { ask, fail, make } from "./app.js";
import { showSelection } from "./bulk.js";

const body = document.getElementById("rows");
const table = body?.closest("table");
const frame = table?.closest(".tw");
/** Parts of the list in order: where each comes from, how many rows and how high it was when last drawn. */
const parts = [];
/** Parts drawn at most, and parts whose text is kept besides. */
const drawnAtMost = 6, keptAtMost = 24;
let loading = false, upper, lower;

const scroller = () => (frame && getComputedStyle(frame).overflowY !== "visible" && frame.scrollHeight > frame.clientHeight ? frame : document.scrollingElement);
const link = () => document.querySelector("a[data-more]");
const rowsOf = (html) => [...new DOMParser().parseFromString("<table><tbody>" + html + "</tbody></table>", "text/html").querySelectorAll("tr")].map((row) => document.adoptNode(row));
const drawn = () => parts.filter((part) => part.rows);

if (body && link()) {
  const first = [...body.rows];
  // The gap above is the first of the rows, so that nothing moves when it grows by what it stands for.
  upper = make("tr", { class: "gap", "aria-hidden": "true", hidden: true }, make("td", { colspan: 99 }));
  lower = make("tbody", { class: "gap", "aria-hidden": "true", hidden: true }, make("tr", {}, make("td", { colspan: 99 })));
  parts.push({ url: location.pathname + location.search, rows: first, count: first.length, height: 0 });
  body.prepend(upper);
  body.after(lower);
  lower.hidden = false;
  let ticking = false;
  const look = () => { if (!ticking) { ticking = true; requestAnimationFrame(() => { ticking = false; follow(); }); } };
  (frame ?? document).addEventListener("scroll", look, { passive: true });
  document.addEventListener("scroll", look, { passive: true });
  addEventListener("resize", look);
  table.addEventListener("keydown", look, true);
  link().addEventListener("click", (event) => { if (event.ctrlKey || event.metaKey) return; event.preventDefault(); more(); });
  follow();
}

/** Sees to it that there are rows for a screen and a half below and above what is in sight. */
function follow() {
  if (loading) return;
  const view = scroller(), height = view.clientHeight || innerHeight;
  const box = lower.getBoundingClientRect(), foot = (view === document.scrollingElement ? innerHeight : view.getBoundingClientRect().bottom);
  const head = view === document.scrollingElement ? 0 : view.getBoundingClientRect().top;
  if (box.top - foot < height * 1.5) {
    const last = parts.lastIndexOf(drawn().at(-1));
    if (last < parts.length - 1) { draw(last + 1, "down"); return; }
    if (link()) { more(); return; }
  }
  if (!upper.hidden && head - upper.getBoundingClientRect().bottom < height * 1.5) draw(parts.indexOf(drawn()[0]) - 1, "up");
}

async function more() {
  const next = link();
  if (loading || !next) return;
  loading = true;
  try {
    const url = next.getAttribute("href"), answer = await ask(url + (url.includes("?") ? "&" : "?") + "part=rows");
    parts.push({ url, html: answer.html, count: answer.count, height: 0 });
    if (answer.next) next.href = answer.next; else next.remove();
    loading = false;
    await draw(parts.length - 1, "down");
  } catch (error) { fail(error); loading = false; }
}

/** Draws a part again or for the first time, then takes out what is far away on the other side. */
async function draw(index, way) {
  const part = parts[index];
  if (!part || part.rows) return;
  loading = true;
  try {
    const html = part.html ?? (await ask(part.url + (part.url.includes("?") ? "&" : "?") + "part=rows")).html;
    const view = scroller(), before = view.scrollTop;
    part.html = html;
    part.rows = rowsOf(html);
    if (way === "down") body.append(...part.rows); else upper.after(...part.rows);
    const rest = drawn();
    while (rest.length > drawnAtMost) take(way === "down" ? rest.shift() : rest.pop());
    gaps();
    part.height = part.rows.reduce((sum, row) => sum + row.offsetHeight, 0);
    if (way === "up" && Math.abs(view.scrollTop - before) > 1) view.scrollTop = before;
    const kept = parts.filter((other) => other.html && !other.rows);
    for (const far of kept.slice(0, Math.max(0, kept.length - keptAtMost))) delete far.html;
    showSelection();
    range();
  } catch (error) { fail(error); }
  loading = false;
  requestAnimationFrame(follow);
}

/** Keeps the cursor's part: what is being edited is never taken away. */
function take(part) {
  if (part.rows.some((row) => row.contains(document.activeElement) && row.querySelector(".on"))) return;
  // Edited rows were put in anew: what belongs to the part is found by its ids.
  const ids = new Set(part.rows.map((row) => row.dataset.id));
  const here = [...body.rows].filter((row) => row !== upper && ids.has(row.dataset.id));
  part.height = here.reduce((sum, row) => sum + row.offsetHeight, 0);
  part.html = here.map((row) => { row.querySelector(".catch")?.remove(); row.classList.remove("cur"); return row.outerHTML; }).join("");
  for (const row of here) row.remove();
  delete part.rows;
}

function gaps() {
  const first = parts.indexOf(drawn()[0]), last = parts.lastIndexOf(drawn().at(-1));
  const sum = (some) => some.reduce((all, part) => all + part.height, 0);
  const above = sum(parts.slice(0, first)), below = sum(parts.slice(last + 1));
  for (const [gap, height] of [[upper, above], [lower, below]]) { gap.querySelector("td").style.height = height + "px"; gap.hidden = gap === upper && height === 0; }
}

function range() {
  const all = parts.reduce((sum, part) => sum + part.count, 0), place = document.getElementById("range");
  if (place) place.textContent = "1–" + all.toLocaleString("en-US");
}
