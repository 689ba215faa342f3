// The board: a card dropped on a lane does what its menu offers for that lane; countdowns go on.
import "./look.js";
import { onNews } from "./app.js";
import { onDue } from "./clock.js";

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

// When somebody is called, the board has changed.
onDue(() => setTimeout(() => location.reload(), 6000));
// What others do with the records of the board shows by itself, unless one is moving a card or choosing.
let timer;
onNews((change) => {
  if (change.object !== document.querySelector(".lb")?.dataset.of) return;
  clearTimeout(timer);
  timer = setTimeout(() => { if (!dragged && !document.querySelector("details.menu[open], dialog[open]")) location.reload(); }, 800);
});
