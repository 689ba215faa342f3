// A board: a card dropped on a lane moves at once; the server decides, and what it refuses goes back with the reason.
import "./columns.js";
import "./combobox.js";
import "./look.js";
import { ask, icon, make, offerFresh, onKey, onNews, openDialog, say, toast } from "./app.js";
import { fitBuilder } from "./filter.js";

fitBuilder();

const board = document.querySelector("[data-kanban]");
const base = board?.dataset.base;
const lanes = () => [...board.querySelectorAll("[data-lane]")];
const cards = (lane) => [...lane.querySelectorAll(".kc")];
let dragged = null, current = null;
/** Cards on their way, and those just moved by this page: no news to its reader. */
const mine = new Map();

/** The way from the lane of the card to another, nothing when there is none. */
const way = (card, code) => card.closest("[data-lane]").querySelector("template")?.content.querySelector(`[data-to="${CSS.escape(code)}"]`);
const tell = (text) => { document.getElementById("kb-said").textContent = text; };

board?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest(".kc");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.url);
  dragged.classList.add("drag");
  for (const lane of lanes()) lane.classList.toggle("no", !way(dragged, lane.dataset.lane) && !lane.contains(dragged));
});
board?.addEventListener("dragend", () => { dragged?.classList.remove("drag"); dragged = null; for (const lane of lanes()) lane.classList.remove("no", "over"); });
board?.addEventListener("dragover", (event) => {
  const lane = event.target.closest("[data-lane]");
  for (const other of lanes()) other.classList.toggle("over", other === lane && Boolean(dragged && way(dragged, lane.dataset.lane)));
  if (dragged && lane && way(dragged, lane.dataset.lane)) event.preventDefault();
});
board?.addEventListener("drop", (event) => {
  const lane = event.target.closest("[data-lane]");
  if (!dragged || !lane) return;
  event.preventDefault();
  move(dragged, lane.dataset.lane);
});
// The menu of a card does the same: it is that of the lane where the card stands when it is opened.
function fill(menu) {
  if (!menu.closest(".kc") || menu.querySelector(".menu-p").firstChild) return;
  menu.querySelector(".menu-p").replaceChildren(menu.closest("[data-lane]").querySelector("template")?.content.cloneNode(true) ?? "");
}
board?.addEventListener("toggle", (event) => { if (event.target.open) fill(event.target); else if (event.target.closest(".kc")) event.target.querySelector(".menu-p").replaceChildren(); }, true);
board?.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-to]");
  if (chosen) { event.preventDefault(); chosen.closest("details").open = false; move(chosen.closest(".kc"), chosen.dataset.to); return; }
  if (event.target.closest("a, button, summary, details, input")) return;
  const card = event.target.closest(".kc");
  if (card) location.href = card.dataset.url;
});

function place(card, lane) {
  const from = card.closest("[data-lane]");
  lane.querySelector(".kb-c").prepend(card);
  for (const [one, by] of [[from, -1], [lane, 1]]) {
    const count = one.querySelector("[data-count]"), number = Number(count.textContent.replace(/,/g, ""));
    if (Number.isFinite(number)) count.textContent = (number + by).toLocaleString("en-US");
    one.classList.toggle("none", cards(one).length === 0);
  }
}

async function move(card, code) {
  const to = lanes().find((lane) => lane.dataset.lane === code), from = card.closest("[data-lane]"), link = way(card, code);
  if (!to || !link || card.classList.contains("sent")) return;
  const action = link.dataset.action, next = card.nextElementSibling;
  const back = (message) => {
    card.classList.remove("sent");
    place(card, from);
    if (next?.isConnected) next.before(card);
    if (message) { toast(message, { isError: true, seconds: 9 }); tell(message); }
    card.querySelector("a")?.focus();
  };
  place(card, to);
  card.classList.add("sent");
  try {
    const answers = link.dataset.asks === undefined ? [] : await questions(card, action);
    if (!answers) { back(); return; }
    mine.set(card.dataset.id, performance.now());
    const said = action
      ? await ask(base + "/" + card.dataset.id + "/move", { method: "POST", body: new URLSearchParams([["action", action], ["version", card.dataset.v], ...answers]) })
      : (await ask(base + "/cells", { method: "POST", body: new URLSearchParams([["columns", board.dataset.field], ["id", card.dataset.id + "@" + card.dataset.v], ["f." + board.dataset.field, code]]) })).rows[0];
    if (!said.ok) { back(said.message); return; }
    card.dataset.v = said.version;
    card.classList.remove("sent");
    const title = card.querySelector(".kc-t").textContent.trim(), lane = lanes().find((one) => one.dataset.lane === said.lane);
    // Where an action leads may be elsewhere than where it was dropped: an approval comes first.
    if (lane && lane !== to) place(card, lane);
    const text = say("movedTo", { title, lane: (lane ?? to).querySelector("h2").textContent.trim() });
    toast(said.message ? text + " · " + said.message : text);
    tell(text);
    await renew(card);
  } catch (error) { back(error.message); }
}

/** The card with the moves it has from its new lane, and the figures of all lanes. */
async function renew(card) {
  const page = new DOMParser().parseFromString(await ask(location.href, { headers: { accept: "text/html" } }), "text/html");
  for (const lane of lanes()) {
    const head = page.querySelector(`[data-lane="${CSS.escape(lane.dataset.lane)}"] > header`);
    if (head) lane.querySelector("header").replaceWith(document.adoptNode(head));
  }
  const fresh = page.querySelector(`.kc[data-id="${CSS.escape(card.dataset.id)}"]`);
  if (!fresh) return;
  const held = card.contains(document.activeElement);
  const next = document.adoptNode(fresh);
  card.replaceWith(next);
  if (held || current === card) { current = next; next.querySelector("a")?.focus(); }
}

/** What the action asks: the reason at the end of the road, a date, a person. */
async function questions(card, action) {
  const asked = await ask(base + "/" + card.dataset.id + "/move?action=" + encodeURIComponent(action));
  const form = make("form", { class: "be" });
  const body = make("div", { class: "dl-b" });
  body.append(...new DOMParser().parseFromString(asked.html, "text/html").body.children);
  form.append(body, make("footer", { class: "dl-f" }, make("button", { class: "btn", type: "button", "data-close": true, text: say("cancel") }), make("button", { class: "btn p", type: "submit", text: asked.label })));
  const title = asked.label + " · " + card.querySelector(".kc-t").textContent.trim();
  const dialog = make("dialog", { class: "dl", "aria-label": title }, make("header", {}, make("h2", { text: title }), make("span", { class: "sp" }), make("button", { class: "ib", type: "button", "aria-label": say("close"), "data-close": true }, icon("x"))), form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    let given = null;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const missing = [...form.querySelectorAll("bt-combobox[data-required]")].find((box) => !box.querySelector("input[type=hidden]").value);
      if (missing) { missing.querySelector(".in").focus(); return; }
      given = [...new FormData(form)].filter(([name]) => !name.endsWith(".q"));
      dialog.close();
    });
    dialog.addEventListener("close", () => { dialog.remove(); resolve(given); });
    openDialog(dialog);
  });
}

// --- keys: J K up and down, arrows over the lanes, M moves

function stand(card) {
  if (!card) return false;
  current?.classList.remove("cur");
  current = card;
  card.classList.add("cur");
  card.querySelector("a.kc-t").focus();
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
}
/** Below the last card stands the link to all of its lane. */
const around = (by) => {
  if (!current) return stand(board.querySelector(".kc"));
  const lane = current.closest("[data-lane]"), all = cards(lane), rest = lane.querySelector(".kb-c > a");
  const isAtRest = rest !== null && rest === document.activeElement;
  const card = all[(isAtRest ? all.length : all.indexOf(current)) + by];
  if (card || by < 0 || isAtRest || !rest) return stand(card);
  rest.focus();
  rest.scrollIntoView({ block: "nearest" });
};
const aside = (by) => {
  if (!current) return stand(board.querySelector(".kc"));
  const all = lanes().filter((lane) => cards(lane).length || lane.contains(current)), other = all[all.indexOf(current.closest("[data-lane]")) + by];
  return other ? stand(cards(other)[Math.min(cards(other).length - 1, cards(current.closest("[data-lane]")).indexOf(current))]) : false;
};
if (board) {
  for (const [key, act] of [["j", () => around(1)], ["ArrowDown", () => around(1)], ["k", () => around(-1)], ["ArrowUp", () => around(-1)], ["ArrowRight", () => aside(1)], ["ArrowLeft", () => aside(-1)]]) onKey(key, (event) => (event.target.closest("details[open]") ? false : act()));
  onKey("m", () => { const menu = current?.querySelector("details.menu"); if (!menu) return false; fill(menu); menu.open = true; menu.querySelector("button")?.focus(); });
  board.addEventListener("focusin", (event) => { const card = event.target.closest(".kc"); if (card && card !== current) { current?.classList.remove("cur"); current = card; card.classList.add("cur"); } });
  onNews((change) => { if (performance.now() - (mine.get(change.id) ?? -1e9) > 6000 && board.querySelector(`.kc[data-id="${CSS.escape(String(change.id))}"]`)) offerFresh(); });
}
