// A look at a record beside the list: the same page's head, facts and next steps, without leaving.
import { askPage, fail, icon, make, say } from "./app.js";

let panel = null, shown = "", control, isStep = false;

// On a phone it covers the page: the way back closes it and stays.
addEventListener("popstate", () => { if (isStep) { isStep = false; closePeek(); } });

export const isPeeking = () => panel !== null;
/** Address of the record that is shown, empty for none. */
export const shownNow = () => shown;

/** Shows the row's record, or closes the panel when it is shown already. */
export async function peek(row) {
  const url = row.dataset.url;
  if (panel && shown === url) { closePeek(); return; }
  if (!panel) {
    panel = make("aside", { class: "peek", "aria-label": say("kPeek") },
      make("header", {}, make("a", { class: "btn s" }, icon("external-link", "i s"), make("span", { text: say("openRecord") })), make("span", { class: "sp" }), make("button", { class: "ib", type: "button", "aria-label": say("close"), onclick: () => closePeek() }, icon("x"))),
      make("div", { class: "peek-b", tabindex: "0" }));
    const host = document.querySelector(".list");
    // Beside a list it takes its place; over any other page it stands at the edge.
    panel.classList.toggle("side", !host);
    (host ?? document.body).append(panel);
    host?.classList.add("peeks");
    if (matchMedia("(max-width: 768px)").matches) { history.pushState(history.state, ""); isStep = true; }
  }
  shown = url;
  panel.querySelector("a").href = url;
  const body = panel.querySelector(".peek-b");
  body.replaceChildren(make("div", { class: "skel" }, make("i"), make("i"), make("i")));
  control?.abort();
  control = new AbortController();
  try {
    const page = await askPage(url);
    if (shown !== url || !panel) return;
    const head = page.querySelector(".id-n"), figures = page.querySelector("main .kpi"), facts = page.querySelector("main .facts"), next = page.querySelector("main .right");
    const parts = [head, figures, next, facts].filter(Boolean);
    for (const part of parts) for (const one of part.querySelectorAll("[id]")) one.removeAttribute("id");
    for (const part of parts) { const title = part.querySelector("h1"); if (title) { const twin = make("h2", {}); twin.append(...title.childNodes); title.replaceWith(twin); } }
    body.replaceChildren(...(parts.length ? parts : [make("p", { class: "mut", text: say("failed") })]));
  } catch (error) { if (error.name !== "AbortError") { fail(error); closePeek(); } }
}

export function closePeek() {
  if (!panel) return false;
  panel.remove();
  document.querySelector(".list")?.classList.remove("peeks");
  panel = null;
  shown = "";
  if (isStep) { isStep = false; history.back(); }
  return true;
}
