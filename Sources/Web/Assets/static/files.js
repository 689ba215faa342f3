// Files at a record: dropped, pasted or taken with the camera, sent with progress, looked at in a panel.
import { askPage, fail, icon, isTyping, make, say, toast } from "./app.js";

const shelves = () => [...document.querySelectorAll("form[data-files]")];
// Phones and clipboards call everything by the same name; then the time tells them apart.
const nameless = /^(image|img|photo|blob|unknown)\.(jpe?g|png|heic|webp|gif)$/i;

prepare(document);

function prepare(root) {
  for (const form of root.querySelectorAll("form[data-files]")) {
    const plain = form.querySelector("input[name=file]");
    plain.hidden = true;
    plain.required = false;
    form.querySelector("button[type=submit]").hidden = true;
    for (const part of form.querySelectorAll("[data-pick], [data-hint]")) part.hidden = false;
    form.querySelector("[data-camera]").hidden = !matchMedia("(pointer:coarse)").matches;
    for (const input of form.querySelectorAll("label input")) {
      input.addEventListener("change", () => { send(form, [...input.files].map((file) => named(file, "filePhoto"))); input.value = ""; });
    }
  }
}

function named(file, word) {
  if (!nameless.test(file.name)) return file;
  const now = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString();
  const ending = file.name.slice(file.name.lastIndexOf("."));
  return new File([file], `${say(word)} ${now.slice(0, 10)} ${now.slice(11, 19).replaceAll(":", "")}${ending}`, { type: file.type });
}

// --- dropping and pasting

const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
const shelfAt = (event) => event.target.closest?.(".shelf")?.querySelector("form[data-files]") ?? shelves()[0];

let over = null;
function mark(form) {
  if (over === form) return;
  over?.closest(".shelf").classList.remove("over");
  over = form;
  over?.closest(".shelf").classList.add("over");
}
document.addEventListener("dragover", (event) => {
  if (event.defaultPrevented || !holdsFiles(event) || !shelves().length) return;
  event.preventDefault();
  mark(shelfAt(event));
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) mark(null); });
document.addEventListener("drop", (event) => {
  const form = holdsFiles(event) && !event.defaultPrevented ? shelfAt(event) : null;
  mark(null);
  if (!form) return;
  event.preventDefault();
  send(form, [...event.dataTransfer.files]);
});
document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  // A copied table brings a picture of itself: into a text field goes its text.
  if (!files.length || event.defaultPrevented || (isTyping(event) && event.clipboardData.types.includes("text/plain"))) return;
  const form = shelves()[0];
  if (!form) return;
  event.preventDefault();
  send(form, files.map((file) => named(file, "filePasted")));
});

// --- sending

async function send(form, files) {
  const limit = Number(form.dataset.files);
  let sent = 0;
  for (const file of files) {
    if (file.size > limit << 20) { toast(say("fileTooLarge", { name: file.name, n: limit }), { isError: true, seconds: 10 }); continue; }
    if (await sendOne(form, file)) sent += 1;
  }
  if (!sent) return;
  toast(say("fileDone", { n: sent }));
  await refresh().catch(fail);
}

/** True when it has arrived. */
function sendOne(form, file) {
  const request = new XMLHttpRequest();
  const bar = make("progress", { class: "bar-x", max: "100", value: "0", "aria-label": say("fileSending", { name: file.name }) });
  const stop = make("button", { class: "ib", type: "button", "aria-label": say("fileStop"), title: say("fileStop"), onclick: () => request.abort() }, icon("x"));
  const line = make("div", { class: "shelf-s", role: "status" }, make("span", { text: say("fileSending", { name: file.name }) }), stop, bar);
  form.before(line);
  const body = new FormData();
  body.append("file", file, file.name);
  return new Promise((done) => {
    const end = (arrived, error) => { line.remove(); if (error) fail(new Error(`${file.name}: ${error}`)); done(arrived); };
    request.open("POST", form.action);
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("x-csrf-token", document.body.dataset.csrf ?? "");
    request.setRequestHeader("x-requested-with", "fetch");
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = (event.loaded / event.total) * 100; });
    request.addEventListener("load", () => end(request.status < 300, request.status < 300 ? null : reason(request)));
    request.addEventListener("error", () => end(false, say("unreachable")));
    request.addEventListener("abort", () => end(false));
    request.send(body);
  });
}

function reason(request) {
  if (request.status === 401) return say("signedOut");
  try {
    const { message } = JSON.parse(request.responseText);
    return message[document.documentElement.lang === "en" ? "en" : "zh"] ?? say("failed");
  } catch { return say("failed"); }
}

/** The shelves as the server knows them now; the rest of the page stays as it is. */
async function refresh() {
  const page = await askPage(location.pathname + location.search);
  const fresh = [...page.querySelectorAll(".shelf")];
  const shown = [...document.querySelectorAll(".shelf")];
  if (fresh.length !== shown.length) { location.reload(); return; }
  shown.forEach((shelf, place) => {
    const isHeld = shelf.contains(document.activeElement);
    shelf.replaceWith(fresh[place]);
    prepare(fresh[place]);
    if (isHeld) fresh[place].querySelector("label input")?.focus();
  });
}

// --- looking

let viewed = [];
let place = 0;
let panel = null;

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-view]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  viewed = [...document.querySelectorAll("a[data-view]")].filter((other) => other === link || other.checkVisibility?.() !== false);
  look(viewed.indexOf(link));
});

function look(at) {
  place = (at + viewed.length) % viewed.length;
  const link = viewed[place];
  const name = link.title;
  panel ??= makePanel();
  panel.setAttribute("aria-label", name);
  panel.querySelector("h2").textContent = name;
  panel.querySelector("[data-note]").textContent = link.querySelector("small").textContent;
  panel.querySelector("[data-download]").href = link.dataset.file;
  for (const button of panel.querySelectorAll("[data-step]")) button.hidden = viewed.length < 2;
  const content = link.dataset.view === "picture" ? make("img", { src: link.href, alt: name }) : make("iframe", { src: link.href, title: name });
  panel.querySelector(".view-b").replaceChildren(content);
  if (!panel.open) panel.showModal();
}

function makePanel() {
  const step = (by, name, word) => make("button", { class: "ib", type: "button", "data-step": "", "aria-label": say(word), title: say(word), onclick: () => look(place + by) }, icon(name));
  const made = make("dialog", { class: "view-d" },
    make("header", {}, make("h2", { dir: "auto" }), make("small", { class: "mut num no-m", "data-note": "" }), make("span", { class: "sp" }),
      step(-1, "chevron-left", "filePrevious"), step(1, "chevron-right", "fileNext"),
      make("a", { class: "ib", "data-download": "", "aria-label": say("download"), title: say("download") }, icon("download")),
      make("button", { class: "ib", type: "button", "aria-label": say("close"), title: say("close"), onclick: () => made.close() }, icon("x"))),
    make("div", { class: "view-b" }));
  made.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || viewed.length < 2) return;
    if (event.key === "ArrowLeft") look(place - 1);
    else if (event.key === "ArrowRight") look(place + 1);
  });
  made.addEventListener("click", (event) => { if (event.target === made) made.close(); });
  made.addEventListener("close", () => { made.querySelector(".view-b").replaceChildren(); viewed[place]?.focus(); });
  document.body.append(made);
  return made;
}
