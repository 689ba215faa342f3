// Where a record stands in the list it was opened from: the ones before and after it, and the way back to the list as it was.
import { icon, make, say } from "./app.js";

const key = (base) => "list:" + base;
const list = document.querySelector("[data-list]");
const head = document.querySelector("section.id-h[data-record]");

if (list?.dataset.base) {
  const keep = () => {
    const ids = [...list.querySelectorAll("tr[data-id]")].map((row) => row.dataset.id);
    if (ids.length) sessionStorage.setItem(key(list.dataset.base), JSON.stringify({ url: location.pathname + location.search, ids }));
  };
  list.addEventListener("click", (event) => { if (event.target.closest("a[href]")) keep(); }, true);
  addEventListener("pagehide", keep);
}

if (head && !document.querySelector(".peek")) {
  const known = JSON.parse(sessionStorage.getItem(key(head.dataset.base)) ?? "null");
  const index = known?.ids.indexOf(head.dataset.record) ?? -1;
  if (index >= 0) {
    const arrow = (id, text, symbol, letter) =>
      id ? make("a", { class: "ib no-m", href: head.dataset.base + "/" + id, "aria-label": say(text), title: say(text), "data-key": letter }, icon(symbol)) : make("span", { class: "ib no-m", "aria-hidden": "true" });
    head.querySelector(".id-a")?.prepend(arrow(known.ids[index - 1], "previousOne", "chevron-left", "k"), arrow(known.ids[index + 1], "nextOne", "chevron-right", "j"));
    for (const link of document.querySelectorAll(`header.bar a[href="${head.dataset.base}"]`)) link.href = known.url;
  }
}
