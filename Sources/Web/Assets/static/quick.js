// Making a record from anywhere: the short form in a dialog, with a look at what may be the same while one types, and a
// card or a mail signature that fills it. Key C, the plus, and the palette lead here.
import { ask, fail, icon, isComposing, isGoing, make, onDo, onKey, openDialog, toast } from "./app.js";
import { palette } from "./palette.js";

/** Object → its dialog. What was typed stays until the record is made, also when the dialog was closed. */
const dialogs = new Map();

async function quick(object, url = "/quick/" + object) {
  let dialog = dialogs.get(object);
  if (!dialog || url.includes("?")) {
    try {
      const [form] = await Promise.all([fetched(url), import("./combobox.js")]);
      if (!form) { location.href = "/o/" + object + "/new"; return; }
      dialog?.remove();
      dialog = make("dialog", { class: "quick-d", "aria-labelledby": "quick-t" });
      dialog.append(form);
      dialogs.set(object, dialog);
      listen(dialog, object);
    } catch (error) { fail(error); return; }
  }
  // Two short forms share the names of their controls: only one stands in the page.
  for (const other of dialogs.values()) if (other !== dialog) { other.close(); other.remove(); }
  if (!dialog.isConnected) document.body.append(dialog);
  if (!dialog.open) openDialog(dialog);
  focusFirst(dialog);
}

const parsed = (html) => document.adoptNode(new DOMParser().parseFromString(html, "text/html").getElementById("quick"));
async function fetched(url) {
  const html = await ask(url, { headers: { accept: "text/html" } });
  return new DOMParser().parseFromString(html, "text/html").getElementById("quick") ? parsed(html) : null;
}

/** What is wrong, then what is still empty, then the first field. */
function focusFirst(dialog) {
  const fields = [...dialog.querySelectorAll(".grid :is(input:not([type=hidden]):not([type=checkbox]):not([type=radio]), textarea, select)")];
  (fields.find((field) => field.getAttribute("aria-invalid")) ?? fields.find((field) => !field.value) ?? fields[0])?.focus();
}

function listen(dialog, object) {
  let timer, control, last = "";
  const form = () => dialog.querySelector("form[data-quick]");
  const content = (submitter) => new URLSearchParams([...new FormData(form(), submitter)].filter(([, value]) => typeof value === "string"));

  async function look() {
    const all = content();
    for (const name of ["card", "csrf", "idempotency-key", "accept_duplicate"]) all.delete(name);
    if (String(all) === last) return;
    last = String(all);
    control?.abort();
    control = new AbortController();
    try {
      const html = await ask(form().dataset.quick, { method: "POST", body: all, signal: control.signal, headers: { accept: "text/html" } });
      const found = new DOMParser().parseFromString(html, "text/html").body.children;
      dialog.querySelector("#quick-same").replaceChildren(...found);
    } catch { /* A look that fails is no reason to disturb who types: saving asks again. */ }
  }
  const later = (event) => { if (event.isComposing || event.target.name === "card") return; clearTimeout(timer); timer = setTimeout(look, 300); };
  for (const name of ["input", "change", "pick", "compositionend"]) dialog.addEventListener(name, later);

  /** The form as the server gives it back, in the place of the old one. */
  function show(html) {
    dialog.replaceChildren(parsed(html));
    last = "";
    const problems = dialog.querySelector("#problems, .same");
    focusFirst(dialog);
    problems?.scrollIntoView({ block: "nearest" });
  }

  async function send(submitter) {
    const opens = submitter?.value !== "stay";
    submitter?.classList.add("busy");
    try {
      const answer = await ask(form().action, { method: "POST", body: content(submitter), headers: { accept: "text/html, application/json" } });
      if (typeof answer === "string") { show(answer); return; }
      dialogs.delete(object);
      dialog.close();
      dialog.remove();
      // The person on the card comes after their company.
      if (answer.next) {
        toast([answer.text, answer.title].filter(Boolean).join(" · "), { url: answer.url });
        await quick(answer.next.match(/^\/quick\/([\w-]+)/)[1], answer.next);
      } else if (opens) location.href = answer.url;
      else toast([answer.text, answer.title].filter(Boolean).join(" · "), { url: answer.url });
    } catch (error) { refuse(error); }
    submitter?.classList.remove("busy");
  }

  /** Says inside the dialog why it was not done: what stands outside can't be seen. */
  function refuse(error) {
    dialog.querySelector(".quick-x")?.remove();
    const note = make("div", { class: "note bad quick-x", role: "alert" }, icon("alert-triangle", "i s"), make("span", { text: error.message }));
    dialog.querySelector(".dl-b").prepend(note);
    note.scrollIntoView({ block: "nearest" });
  }

  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    if (dialog.querySelector(".busy")) return;
    send(event.submitter ?? dialog.querySelector(".dl-f .btn.p"));
  });
  dialog.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      const isCard = event.target.name === "card";
      send(dialog.querySelector(isCard ? ".quick-p button[type=submit]" : ".dl-f .btn.p"));
    }
    // A single line's Enter would press the first button of the form, which is that of the card.
    else if (event.key === "Enter" && event.target.matches("input") && !event.defaultPrevented) { event.preventDefault(); send(dialog.querySelector(".dl-f .btn.p")); }
  });
  // A card pasted into a field is a card all the same.
  dialog.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "", area = dialog.querySelector("textarea[name=card]");
    if (!area || text.trim().split(/\r?\n/).filter((line) => line.trim()).length < 2 || event.target.matches("textarea:not([name=card])")) return;
    event.preventDefault();
    area.value = text;
    area.closest("details").open = true;
    send(dialog.querySelector(".quick-p button[type=submit]"));
  });
  dialog.addEventListener("click", (event) => {
    const all = event.target.closest("a[data-all]");
    if (!all || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const typed = content();
    for (const [name, value] of [...typed]) if (!value || /^(csrf|card|then|idempotency-key|accept_duplicate)$|\.q$|^person\./.test(name)) typed.delete(name, value);
    dialogs.delete(object);
    location.href = all.getAttribute("href") + (String(typed) ? "?" + typed : "");
  });
}

// A picker works on every page that has one, whatever else the page brings along.
if (document.querySelector("bt-combobox")) import("./combobox.js").catch(fail);

onDo("quick", (link) => quick(link.dataset.object, link.closest("dialog.quick-d") ? link.getAttribute("href") : undefined));
onDo("make", () => palette("new"));
onKey("c", () => {
  if (isGoing()) return false;
  const button = document.querySelector('main [data-key="c"]'), object = button?.getAttribute("href")?.match(/^\/o\/([\w-]+)\/new$/)?.[1];
  if (button && !object) return false;
  if (object) quick(object); else palette("new");
});
