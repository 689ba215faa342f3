// The composer of a record page: whom one speaks to with @, files by drop, what comes next, and a draft that is kept until
// it was sent. Without this file it is a plain form.
import "./combobox.js";
import { ask, icon, isComposing, make, onDo, say } from "./app.js";

const form = document.querySelector("form[data-composer]");
if (form) begin();

function begin() {
  const note = form.elements.summary, hint = form.querySelector("[data-hint]"), box = form.querySelector(".box");
  const largest = 25 << 20;

  // --- a draft, kept in this browser for this person until it was sent

  const key = `note:${form.dataset.author}:${location.pathname}`;
  const kept = ["summary", "kind", "subject", "to", "contact", "minutes", "result", "next_at", "next_owner", "next_owner.q", "mention"];
  function keep() {
    const held = [...new FormData(form)].filter(([name, value]) => kept.includes(name) && typeof value === "string" && value);
    const says = held.some(([name]) => ["summary", "subject"].includes(name));
    try { if (says) localStorage.setItem(key, JSON.stringify(held)); else localStorage.removeItem(key); } catch { /* a full store keeps no draft */ }
  }
  function forget() { localStorage.removeItem(key); }
  function restore() {
    let held = [];
    try { held = JSON.parse(localStorage.getItem(key) ?? "[]"); } catch { forget(); }
    if (!held.length || note.value) return;
    for (const [name, value] of held) {
      if (name === "mention") { form.append(make("input", { type: "hidden", name, value })); continue; }
      for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (control.type === "radio" || control.type === "checkbox") { if (control.value === value) control.checked = true; } else control.value = value;
      }
    }
    hint.replaceChildren(make("span", { text: say("draftBack") }), make("button", { type: "button", class: "btn g s", text: say("draftDrop"), onclick: () => { forget(); form.reset(); for (const one of form.querySelectorAll("[name=mention]")) one.remove(); hint.replaceChildren(); showNext(); } }));
  }

  // --- what comes next

  const day = form.elements.next_at, next = form.querySelector(".nxd");
  function showNext() {
    if (!day) return;
    const owner = form.elements["next_owner.q"];
    const isOther = owner && form.elements.next_owner.value && form.elements.next_owner.value !== form.dataset.author;
    const date = day.value && new Date(day.value + "T00:00").toLocaleDateString(document.documentElement.lang, { month: "numeric", day: "numeric", weekday: "short" });
    next.querySelector("[data-next]").textContent = day.value ? say("nextOn", { day: date }) + (isOther ? " · " + owner.value : "") : say("nextFollowUp");
    next.classList.toggle("set", Boolean(day.value));
  }
  next?.addEventListener("click", (event) => {
    const days = event.target.closest("[data-days]")?.dataset.days;
    if (!days) return;
    const date = new Date();
    date.setDate(date.getDate() + Number(days));
    day.value = `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
    showNext();
    keep();
  });

  // --- files: chosen or dropped; all of them are sent with the form

  const picker = form.elements.files, list = form.querySelector("[data-files]");
  let files = [];
  function showFiles() {
    list.replaceChildren(...files.map((file) => make("li", { class: "att" }, icon("paperclip", "i s"), make("span", { text: file.name, dir: "auto" }), make("span", { class: "mut num", text: `${Math.max(1, Math.round(file.size / 1024))} KB` }), make("button", { type: "button", class: "ib", "aria-label": say("removeFile", { name: file.name }), onclick: () => { files = files.filter((one) => one !== file); showFiles(); } }, icon("x", "i s")))));
    if (picker) { const all = new DataTransfer(); for (const file of files) all.items.add(file); picker.files = all.files; }
  }
  function add(more) {
    for (const file of more) {
      if (file.size > largest) { hint.textContent = say("fileTooLarge", { name: file.name }); continue; }
      if (!files.some((one) => one.name === file.name && one.size === file.size)) files.push(file);
    }
    showFiles();
  }
  picker?.addEventListener("change", () => add([...picker.files]));
  if (picker) {
    const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    box.addEventListener("dragover", (event) => { if (hasFiles(event)) { event.preventDefault(); box.classList.add("over"); } });
    box.addEventListener("dragleave", () => box.classList.remove("over"));
    box.addEventListener("drop", (event) => { if (!hasFiles(event)) return; event.preventDefault(); box.classList.remove("over"); add([...event.dataTransfer.files]); });
    note.addEventListener("paste", (event) => { const pasted = [...(event.clipboardData?.files ?? [])]; if (pasted.length) { event.preventDefault(); add(pasted); } });
  }

  // --- whom one speaks to

  let choices = [], mark = 0, popup = null, control = null, timer = 0, answered = "";
  const unseen = new Map();
  /** The word behind the last @ before the caret; null when none is being written. */
  function word() {
    const before = note.value.slice(0, note.selectionStart), at = before.lastIndexOf("@");
    const text = at < 0 ? "" : before.slice(at + 1);
    return at < 0 || /[\s@，。]/.test(text) || text.length > 20 ? null : { at, text };
  }
  function close() { popup?.remove(); popup = null; choices = []; note.removeAttribute("aria-activedescendant"); note.setAttribute("aria-expanded", "false"); }
  async function look() {
    clearTimeout(timer);
    const found = word();
    if (!found) { close(); return; }
    control?.abort();
    control = new AbortController();
    try {
      const answer = await ask(`${form.dataset.mentions}?q=${encodeURIComponent(found.text)}`, { signal: control.signal });
      if (document.activeElement === note && word()?.at === found.at) show(answer.items, found.text);
    } catch (error) { if (error.name !== "AbortError") close(); }
  }
  function show(items, text) {
    close();
    answered = text;
    if (!items.length) return;
    choices = items;
    popup = make("ul", { class: "cb", role: "listbox", id: "mention-cb", "aria-label": form.querySelector("[data-do=mention]")?.getAttribute("aria-label") });
    items.forEach((item, place) => popup.append(make("li", { role: "option", id: `mention-${place}`, onpointerdown: (event) => { event.preventDefault(); pick(item); } }, make("b", { text: item.name, dir: "auto" }), make("span", { text: item.sees ? item.note || say("role") : say("seesNot") }))));
    document.body.append(popup);
    const edge = note.getBoundingClientRect(), style = popup.style, upward = innerHeight - edge.bottom < 240;
    style.left = edge.left + 8 + "px";
    style.minWidth = "220px";
    style.maxWidth = Math.min(420, innerWidth - edge.left - 16) + "px";
    style.maxHeight = "260px";
    if (upward) style.bottom = innerHeight - edge.top + 4 + "px"; else style.top = edge.bottom + 2 + "px";
    note.setAttribute("aria-expanded", "true");
    point(0);
  }
  function point(place) {
    mark = (place + choices.length) % choices.length;
    [...popup.children].forEach((option, index) => option.setAttribute("aria-selected", index === mark));
    popup.children[mark].scrollIntoView({ block: "nearest" });
    note.setAttribute("aria-activedescendant", `mention-${mark}`);
  }
  /** The letters behind the @ may be newer than the names shown: then the names are asked for first. */
  async function choose() {
    if (word() && word().text !== answered) await look();
    if (popup && word()?.text === answered) pick(choices[mark]);
  }
  function pick(item) {
    const found = word();
    close();
    if (!found) return;
    note.setRangeText(item.name + " ", found.at + 1, note.selectionStart, "end");
    if (item.id) form.append(make("input", { type: "hidden", name: "mention", value: item.id }));
    if (!item.sees) unseen.set(item.name, true);
    note.dispatchEvent(new Event("input", { bubbles: true }));
    note.focus();
  }
  function warn() {
    const names = [...unseen.keys()].filter((name) => note.value.includes("@" + name));
    if (names.length) hint.replaceChildren(icon("alert-triangle", "i s"), make("span", { "data-unseen": "", text: say("unseenBy", { who: names.join("、") }) }));
    else if (hint.querySelector("[data-unseen]")) hint.replaceChildren();
  }
  if (form.dataset.mentions) {
    note.setAttribute("role", "combobox");
    note.setAttribute("aria-expanded", "false");
    note.setAttribute("aria-autocomplete", "list");
    note.setAttribute("aria-controls", "mention-cb");
    const soon = () => { clearTimeout(timer); timer = setTimeout(look, 120); };
    note.addEventListener("input", (event) => { warn(); if (!event.isComposing) soon(); });
    note.addEventListener("compositionend", soon);
    note.addEventListener("blur", () => setTimeout(close, 120));
    note.addEventListener("keydown", (event) => {
      if (isComposing(event) || !popup) return;
      if (event.key === "ArrowDown") { event.preventDefault(); point(mark + 1); }
      if (event.key === "ArrowUp") { event.preventDefault(); point(mark - 1); }
      if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") { event.preventDefault(); choose(); }
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
    });
    onDo("mention", () => { note.focus(); const lead = note.value && !/\s$/.test(note.value) ? " @" : "@"; note.setRangeText(lead, note.selectionStart, note.selectionEnd, "end"); note.dispatchEvent(new Event("input", { bubbles: true })); });
  }

  // --- a mail as a template has it, filled in from this record; the receiver's name follows whom one chooses

  const template = form.elements.template, subject = form.elements.subject;
  let filled = null;
  async function fill() {
    if (!template.value) return;
    const before = filled ?? { subject: subject.value, text: note.value };
    const to = form.querySelector("[name=to]:checked")?.value ?? "";
    template.setAttribute("aria-busy", "true");
    try {
      const mail = await ask(`${template.dataset.fill}?template=${encodeURIComponent(template.value)}&to=${encodeURIComponent(to)}`);
      put(mail.subject, mail.body);
      filled = { subject: mail.subject, text: note.value, before: before.before ?? before };
      const back = make("button", { type: "button", class: "btn g s", text: say("takeBack"), onclick: () => { put(filled.before.subject, filled.before.text); filled = null; template.value = ""; hint.replaceChildren(); note.focus(); } });
      hint.replaceChildren(...(mail.told ? [icon("alert-triangle", "i s")] : []), make("span", { text: mail.told || say("filledIn") }), back);
    } catch (error) { hint.replaceChildren(icon("alert-triangle", "i s"), make("span", { text: error.message })); }
    template.removeAttribute("aria-busy");
  }
  function put(head, text) { subject.value = head; note.value = text; keep(); }
  template?.addEventListener("change", fill);
  const isAsFilled = () => filled && subject.value === filled.subject && note.value === filled.text;
  for (const one of form.querySelectorAll("[name=to]")) one.addEventListener("change", () => { if (template?.value && isAsFilled()) fill(); });

  // --- sending: what was refused stays as it is, files and all

  form.addEventListener("input", keep);
  form.addEventListener("change", () => { keep(); showNext(); });
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "1";
    const button = form.querySelector("button[type=submit]"), errors = form.querySelector("[data-problems]");
    button.classList.add("busy");
    try {
      const answer = await ask(form.getAttribute("action"), { method: "POST", body: new FormData(form) });
      forget();
      // Once only: what the next page says is said to the first request.
      location.href = answer.url;
    } catch (error) {
      const said = error.problems?.length ? error.problems.map((one) => one.message) : [error.message];
      errors.replaceChildren(...said.map((text) => make("p", {}, icon("alert-triangle", "i s"), make("span", { text }))));
      const wrong = error.problems?.map((one) => form.elements[one.field]).find((one) => one?.focus);
      if (error.problems?.some((one) => one.field?.startsWith("next_"))) next.open = true;
      (wrong ?? note).focus?.();
      button.classList.remove("busy");
      delete form.dataset.sent;
    }
  });

  restore();
  showNext();
  if (note.value) warn();
  if (new URLSearchParams(location.search).has("note")) note.focus();
  for (const link of document.querySelectorAll(':is(.id-a, .todos) a[href$="?note"]')) link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = link.closest(".todos") && form.querySelector("details:has([data-next])");
    if (next) setTimeout(() => { next.open = true; });  // after the press that closes open menus
    note.focus();
    note.scrollIntoView({ block: "center" });
  });
}
