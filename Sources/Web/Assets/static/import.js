// The import: upload with progress, one field for one column, a run that can be watched and left.
import "./form.js";
import { fail, say } from "./app.js";

class Import extends HTMLElement {
  connectedCallback() {
    this.upload();
    this.mapping();
    this.reading();
    this.watch();
  }

  upload() {
    const form = this.querySelector("form[data-upload]");
    if (!form) return;
    const file = form.elements.file, bar = form.querySelector("[data-progress]"), zone = form.querySelector(".drop b");
    file.addEventListener("change", () => { if (file.files[0]) { zone.textContent = file.files[0].name; form.requestSubmit(); } });
    form.addEventListener("submit", (event) => {
      if (!file.files.length && !form.elements.pasted.value.trim()) { event.preventDefault(); file.focus(); return; }
      if (!file.files.length) return;
      event.preventDefault();
      if (this.sending) return;
      this.sending = true;
      const request = new XMLHttpRequest();
      bar.hidden = false;
      request.upload.addEventListener("progress", (step) => { if (step.lengthComputable) { bar.value = Math.round(step.loaded * 100 / step.total); zone.textContent = say("uploading", { n: bar.value }); } });
      request.addEventListener("load", () => {
        if (request.status < 400 && request.responseURL && request.responseURL !== location.href) { location.href = request.responseURL; return; }
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        const fresh = page.querySelector("bt-import");
        if (fresh) this.replaceWith(fresh); else { bar.hidden = true; this.sending = false; fail(new Error(say("failed"))); }
      });
      request.addEventListener("error", () => { bar.hidden = true; this.sending = false; fail(new Error(say("unreachable"))); });
      request.open("POST", form.action);
      request.setRequestHeader("x-csrf-token", document.body.dataset.csrf ?? "");
      request.send(new FormData(form));
    });
  }

  /** A field takes one column: choosing it elsewhere frees it here. */
  mapping() {
    const selects = [...this.querySelectorAll("select[data-map]")];
    const fit = () => {
      const taken = new Set(selects.map((select) => select.value).filter(Boolean));
      for (const select of selects) {
        for (const option of select.options) option.disabled = option.value !== "" && option.value !== select.value && taken.has(option.value);
        select.closest("tr").classList.toggle("off", !select.value);
      }
    };
    for (const select of selects) select.addEventListener("change", fit);
    if (selects.length) fit();
  }

  /** The preview is shown anew as soon as another sheet or encoding is chosen. */
  reading() {
    for (const select of this.querySelectorAll("select[name=sheet], select[name=encoding], input[name=sheet], input[name=encoding]")) {
      select.addEventListener("change", () => select.form.requestSubmit());
    }
  }

  /** The page of a batch asks for itself until the house has done with it. */
  watch() {
    const box = this.querySelector("[data-running]");
    if (!box) return;
    const step = async () => {
      try {
        const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
        if (answer.redirected || answer.status >= 400) { location.reload(); return; }
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-running]");
        if (!fresh) { location.reload(); return; }
        for (const part of ["progress", "[data-run-text]", "[role=status]"]) {
          const now = box.querySelector(part), next = fresh.querySelector(part);
          if (part === "progress") now.value = next.getAttribute("value");
          else if (now.textContent !== next.textContent) now.textContent = next.textContent;
        }
      } catch { /* The server can't be reached for the moment; the next turn asks again. */ }
      this.timer = setTimeout(step, 1000);
    };
    this.timer = setTimeout(step, 700);
  }

  disconnectedCallback() { clearTimeout(this.timer); }
}
customElements.define("bt-import", Import);
