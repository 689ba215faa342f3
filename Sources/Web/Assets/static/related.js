// The list of a tab on a record's page: arrows walk its rows, Space looks at one beside the page, the search starts by itself.
import { isComposing, onKey } from "./app.js";
import { closePeek, isPeeking, peek } from "./peek.js";

const list = document.getElementById("related");
if (list) {
  const rows = () => [...list.querySelectorAll("tr[data-url]")];
  const at = () => rows().indexOf(document.activeElement?.closest?.("#related tr[data-url]"));
  const step = (by) => (event) => {
    const place = at();
    if (place < 0) return false;
    const next = rows()[Math.max(0, Math.min(rows().length - 1, place + by))];
    (next.querySelector("a.rt") ?? next.querySelector("a"))?.focus();
    if (isPeeking()) peek(next);
    event.preventDefault();
  };
  onKey("ArrowDown", step(1));
  onKey("ArrowUp", step(-1));
  onKey(" ", (event) => { const row = rows()[at()]; if (!row || event.target.closest("button, summary")) return false; peek(row); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !isComposing(event) && !event.defaultPrevented && closePeek()) event.preventDefault(); });
  const search = list.querySelector("input[type=search]");
  let timer = 0, before = search?.value ?? "";
  const go = () => { if (search.value.trim() !== before.trim()) search.form.requestSubmit(); };
  search?.addEventListener("input", (event) => { if (event.isComposing) return; clearTimeout(timer); timer = setTimeout(go, 400); });
  search?.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(go, 400); });
  if (search?.value) { search.focus(); search.setSelectionRange(search.value.length, search.value.length); }
}
