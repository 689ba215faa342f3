// The import: upload with progress, one field for one column, a run that can be watched and left.
import "./form.js";
import { ask, fail, say } from "./app.js";

class Import extends HTMLElement {
  connectedCallback() {
    this.upload();
    this.mapping();
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
      const request = new XMLHttpRequest();
      bar.hidden = false;
      request.upload.addEventListener("progress", (step) => { if (step.lengthComputable) { bar.value = Math.round(step.loaded * 100 / step.total); zone.textContent = say("uploading", { n: bar.value }); } });
      request.addEventListener("load", () => {
        if (request.status < 400 && request.responseURL && request.responseURL !== location.href) { location.href = request.responseURL; return; }
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        const fresh = page.querySelector("bt-import");
        if (fresh) this.replaceWith(fresh); else { bar.hidden = true; fail(new Error(say("failed"))); }
      });
      request.addEventListener("error", () => { bar.hidden = true; fail(new Error(say("unreachable"))); });
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

  watch() {
    const box = this.querySelector("[data-status]");
    if (!box) return;
    const bar = box.querySelector("progress"), text = box.querySelector("[data-run-text]");
    const step = async () => {
      try {
        const state = await ask(box.dataset.status);
        bar.value = state.total ? Math.round(state.done * 100 / state.total) : 0;
        text.textContent = `${state.done.toLocaleString("en-US")} / ${state.total.toLocaleString("en-US")}`;
        if (state.finished) { location.href = state.url ?? location.href; return; }
      } catch (error) { if (error.status >= 400) { fail(error); return; } }
      this.timer = setTimeout(step, 700);
    };
    step();
  }

  disconnectedCallback() { clearTimeout(this.timer); }
}
customElements.define("bt-import", Import);
