// A look at any record that a page names: Space on its link shows it beside, J and K walk rows that have no cells.
import { isComposing, onDo, onKey } from "./app.js";
import { closePeek, isPeeking, peek, shownNow } from "./peek.js";
import { recordOf } from "./place.js";

/** Address of the record that stands at an element, or empty. */
function addressAt(element) {
  const link = element?.closest?.("a[href]"), record = recordOf(link);
  if (record) return record.base + "/" + record.id;
  // Batons lead to the board of their relay, with the record's panel open.
  const baton = link?.getAttribute("href").match(/^\/relay\/([a-z0-9_]+)\?(?:.*&)?open=([0-9a-f-]{36})/);
  if (baton) return "/o/" + baton[1] + "/" + baton[2];
  // Rows of the relay open its panel; the record itself is a look away.
  const row = element?.closest?.("#relay [data-id][data-url]"), relay = row?.closest("#relay[data-object]");
  return relay ? "/o/" + relay.dataset.object + "/" + row.dataset.id : "";
}

const stops = () => [...document.querySelectorAll("main .it[data-url] a.rt, main .hits a[href]")].filter((link) => link.checkVisibility());

function step(by, isBare) {
  const all = stops(), place = all.indexOf(document.activeElement);
  if (!all.length || (isBare && place < 0)) return false;
  const next = all[Math.max(0, Math.min(all.length - 1, place + by))];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}
onKey("j", () => step(1));
onKey("k", () => step(-1));
onKey("ArrowDown", () => step(1, true));
onKey("ArrowUp", () => step(-1, true));
onKey(" ", (event) => {
  const url = event.target.closest?.("button, summary") ? "" : addressAt(document.activeElement);
  if (!url) return false;
  peek({ dataset: { url } });
});
// With the mouse, the button beside a record's name in the timeline.
onDo("look", (button) => { const url = addressAt(button.closest(".top")?.querySelector("a[href]")); if (url) peek({ dataset: { url } }); });
document.addEventListener("focusin", (event) => {
  if (!isPeeking() || event.target.closest(".peek, [data-list][data-base] tr, #related")) return;
  const url = addressAt(event.target);
  if (url && url !== shownNow()) peek({ dataset: { url } });
});
document.addEventListener("keydown", (event) => {
  if (isComposing(event) || event.defaultPrevented) return;
  if (event.key === "Escape" && closePeek()) event.preventDefault();
  // From the box of the search page down into what it found.
  if (event.key === "ArrowDown" && event.target.matches?.(".srch [data-search]")) { const first = stops()[0]; if (first) { event.preventDefault(); first.focus(); } }
});
