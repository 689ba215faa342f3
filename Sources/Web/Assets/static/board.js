// The board: a card dropped on a lane does what its menu offers for that lane; countdowns go on.
import "./app.js";

let dragged = null;
for (const card of document.querySelectorAll(".lb-c[draggable=true]")) {
  card.addEventListener("dragstart", (event) => { dragged = card; event.dataTransfer.effectAllowed = "move"; card.classList.add("drag"); });
  card.addEventListener("dragend", () => { card.classList.remove("drag"); dragged = null; clear(); });
}
for (const lane of document.querySelectorAll(".lb-l")) {
  lane.addEventListener("dragover", (event) => {
    if (!form(lane)) return;
    event.preventDefault();
    lane.classList.add("over");
  });
  lane.addEventListener("dragleave", () => lane.classList.remove("over"));
  lane.addEventListener("drop", (event) => { event.preventDefault(); form(lane)?.requestSubmit(); });
}
function form(lane) { return dragged?.querySelector(`form[data-to="${lane.dataset.lane}"]`); }
function clear() { for (const lane of document.querySelectorAll(".lb-l.over")) lane.classList.remove("over"); }

// What is counted down was said by the server; when the time has come the page asks again.
const waits = [...document.querySelectorAll("[data-until]")].map((one) => Date.parse(one.dataset.until)).filter((at) => at > Date.now());
if (waits.length) setTimeout(() => location.reload(), Math.min(Math.max(Math.min(...waits) - Date.now() + 6000, 15000), 300000));
