// The quotation sheet: while one types, the server computes (a dry run) and this file shows what it answered.
// Nothing is calculated here, so what is seen is what will be stored.
import "./form.js";
import { ask, make, say } from "./app.js";

class Quote extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.dataset.dryRun) return;
    this.addEventListener("input", () => this.later());
    this.addEventListener("change", () => this.later());
    this.addEventListener("pick", (event) => this.picked(event));
    this.bar = this.querySelector("[data-save-sum]");
    new IntersectionObserver(([entry]) => this.bar?.classList.toggle("on", !entry.isIntersecting)).observe(this.querySelector("[data-sums]") ?? this);
  }

  later() { clearTimeout(this.timer); this.timer = setTimeout(() => this.compute(), 260); }

  /** Choosing a product lets the server fill description, unit and price of that line. */
  picked(event) {
    const row = event.target.closest("tr[data-line]");
    if (row) this.fill = row;
    this.later();
  }

  async compute() {
    this.control?.abort();
    this.control = new AbortController();
    this.classList.add("busy");
    try {
      const body = new URLSearchParams(new FormData(this.form));
      body.set("id", this.dataset.id ?? "");
      if (this.fill) body.set("fill", String([...this.querySelectorAll("tr[data-line]")].indexOf(this.fill)));
      const answer = await ask(this.dataset.dryRun, { method: "POST", body, signal: this.control.signal });
      this.fill = null;
      this.show(answer);
      this.classList.remove("busy");
    } catch (error) {
      if (error.name === "AbortError") return;
      this.classList.remove("busy");
      const status = document.getElementById("dirty");
      if (status) status.textContent = error.message;
    }
  }

  /**
   * The answer: `fields` {id: text}, `given` {id: text or {id, title}} for fields left empty, `lines` {name: [{column: text}]}, `fill` {column: value} for the line of the product
   * just chosen, `sums` {id: text}, `terms` {FOB: text}, `margin` {text, percent, tone, warning}, `fills` [{container,
   * percent, note, tone}]. A part that is missing stays as it is.
   */
  show(answer) {
    for (const [id, text] of Object.entries(answer.fields ?? {})) {
      const output = this.querySelector(`[data-out="${CSS.escape(id)}"]:not(tr *)`);
      if (output) output.textContent = text;
    }
    for (const [id, value] of Object.entries(answer.given ?? {})) this.showGiven(id, value);
    for (const [name, lines] of Object.entries(answer.lines ?? {})) this.showLines(name, lines);
    for (const [id, text] of Object.entries(answer.sums ?? {})) {
      const value = this.querySelector(`[data-sum="${CSS.escape(id)}"] dd`);
      if (value) value.textContent = text;
      if (id === "total" && this.bar) this.bar.textContent = text;
    }
    for (const [term, text] of Object.entries(answer.terms ?? {})) {
      const box = this.querySelector(`[data-term="${CSS.escape(term)}"]`);
      if (box) box.querySelector("dd").textContent = text;
    }
    if (answer.quoted) for (const box of this.querySelectorAll("[data-term]")) box.classList.toggle("on", box.dataset.term === answer.quoted);
    if (answer.margin) this.showMargin(answer.margin);
    if (answer.fills) this.showFills(answer.fills);
  }

  /** What a default has put into a field that stands empty: a customer brings currency and terms. */
  showGiven(id, value) {
    const input = this.form.querySelector(`[name="${CSS.escape(id)}"]`);
    const picker = input?.closest("bt-combobox");
    if (!input || input.value || [input, picker?.input].includes(document.activeElement)) return;
    if (picker && typeof value === "object") {
      input.value = value.id;
      picker.input.value = picker.title0 = value.title;
    } else if (!["radio", "checkbox"].includes(input.type)) input.value = value;
  }

  showLines(name, lines) {
    const rows = this.querySelectorAll(`bt-lines[data-name="${CSS.escape(name)}"] tr[data-line]`);
    lines.forEach((line, index) => {
      const row = rows[index];
      if (!row) return;
      for (const [column, text] of Object.entries(line)) {
        const output = row.querySelector(`output[data-out="${CSS.escape(column)}"]`);
        if (output) { output.textContent = text; continue; }
        // Inputs are filled only where they stand empty and nobody is typing.
        const input = row.querySelector(`.ce[name$=".${CSS.escape(column)}"]`);
        if (input && input !== document.activeElement && !input.value) input.value = text;
      }
    });
  }

  showMargin(margin) {
    const box = this.querySelector("[data-margin]");
    if (!box) return;
    const value = box.querySelector(".mg-v"), bar = box.querySelector("progress");
    value.textContent = margin.text;
    value.className = "mg-v num t-" + (margin.tone ?? "mute");
    bar.value = margin.percent ?? 0;
    bar.className = "bar-x " + (margin.tone ?? "pri");
    box.querySelector(".note")?.remove();
    if (margin.warning) box.append(make("div", { class: "note warn" }, make("span", { text: margin.warning })));
  }

  showFills(fills) {
    const box = this.querySelector("[data-fills]");
    box?.replaceChildren(...fills.map((fill) => make("div", { class: "fl" },
      make("div", { class: "row" }, make("b", { text: fill.container }), make("span", { class: "sp" }), make("span", { class: "num t-" + (fill.tone ?? "mute"), text: fill.percent + "%" })),
      make("progress", { class: "bar-x " + (fill.tone ?? "pri"), max: 100, value: Math.min(100, fill.percent), "aria-label": fill.container }),
      make("p", { class: "mut num", text: fill.note }))));
  }
}
customElements.define("bt-quote", Quote);
