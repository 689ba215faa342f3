// Who else has this record open, and what they are changing. Said every few seconds and when it changes; a window that
// closes, or is out of sight, says so.
import { ask, make, onPresence, say } from "./app.js";

const head = document.querySelector("section.id-h[data-record], form[data-record]");
const place = head && (document.querySelector(".id-a") ?? document.querySelector(".hd-a, .ph-a, .ph"));
if (head && place && document.body.dataset.csrf) begin();

function begin() {
  const record = head.dataset.record, url = `${head.dataset.base}/${record}/presence`;
  const own = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  const bar = make("span", { class: "prs", role: "status", "aria-label": say("alsoHere") });
  place.prepend(bar);
  let shown = "", here = [], timer = 0, isGone = false;

  /** The field whose control is open here; of a form the one that was last touched, before that the whole of it. */
  let touched = "*";
  const changing = () => head.matches("form") ? touched : document.querySelector("[data-fact].editing")?.dataset.fact ?? "";
  if (head.matches("form")) head.addEventListener("focusin", (event) => {
    const name = (event.target.name || event.target.closest("bt-combobox")?.dataset.name || "").split(/[.\[]/)[0];
    if (!name || ["version", "seen", "csrf"].includes(name) || name === touched) return;
    touched = name;
    clearTimeout(timer);
    timer = setTimeout(beat, 400);
  });
  /** Where a field stands here: a fact, a control of a form, a sheet of lines; with the element that names it. */
  function spot(field) {
    const name = CSS.escape(field), fact = document.querySelector(`[data-fact="${name}"]`);
    if (fact) return { row: fact, label: fact.querySelector("dt") };
    const sheet = document.querySelector(`bt-lines[data-name="${name}"]`)?.closest(".card");
    const control = sheet ? null : head.querySelector?.(`[name="${name}"]`)?.closest(".fd");
    const label = sheet?.querySelector("h2") ?? control?.querySelector(".fd-l");
    return label && { row: label, label };
  }
  const body = (more) => new URLSearchParams({ window: own, csrf: document.body.dataset.csrf, ...more });

  function show(people) {
    const text = JSON.stringify(people);
    if (text === shown) return;
    shown = text;
    here = people;
    for (const old of document.querySelectorAll(".prs-f")) old.remove();
    bar.replaceChildren(...people.slice(0, 5).map((person) => {
      const place = person.field && spot(person.field);
      const what = !person.edits ? say("looksHere", { who: person.name }) : place ? say("editsField", { who: person.name, what: place.label?.firstChild?.textContent.trim() }) : say("editsHere", { who: person.name });
      if (place) place.row.append(make(place.row.matches("[data-fact]") ? "dd" : "span", { class: "prs-f" }, make("span", { class: `av sm h${person.hue}`, text: person.initials, "aria-hidden": "true" }), make("span", { text: say("editsNow", { who: person.name }) })));
      return make("span", { class: `av h${person.hue}${person.edits ? " ed" : ""}`, title: what, role: "img", "aria-label": what, text: person.initials });
    }));
    if (people.length > 5) bar.append(make("span", { class: "mut num", text: `+${people.length - 5}` }));
  }

  async function beat() {
    clearTimeout(timer);
    if (document.hidden) return;
    isGone = false;
    timer = setTimeout(beat, 8000);
    try { show((await ask(url, { method: "POST", body: body({ field: changing() }) })).people); } catch { show([]); }
  }
  function leave() {
    clearTimeout(timer);
    if (isGone) return;
    isGone = true;
    navigator.sendBeacon(url, body({ gone: "1" }));
  }

  onPresence((news) => { if (news.record === record && !document.hidden) show(news.people); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); else beat(); });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => { if (event.persisted) beat(); });
  // A control that opens or closes is news at once; facts that were drawn anew get their marks again.
  let was = changing();
  const isLost = () => !document.querySelector(".prs-f") && here.some((person) => person.field && spot(person.field));
  new MutationObserver(() => {
    if (isLost()) { shown = ""; show(here); }
    const now = changing();
    if (now !== was) { was = now; beat(); }
  }).observe(document.querySelector("aside.facts") ?? head, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
  beat();
}
