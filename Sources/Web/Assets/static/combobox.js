// A picker for records: searched on the server, by keyboard, pointer or touch. Without this file it is a text field whose
// text the server looks up.
import { ask, icon, isComposing, make, say } from "./app.js";
import { Listbox } from "./listbox.js";

class Combobox extends Listbox {
  connectedCallback() {
    if (this.input) return;
    this.input = this.querySelector("input[role=combobox]");
    this.value = this.querySelector("input[type=hidden]");
    this.many = this.hasAttribute("data-many");
    this.title0 = this.many || this.value?.value ? this.input.value : "";
    // The text goes along only where it says something else than what is chosen; the server then asks who is meant.
    this.input.form?.addEventListener("formdata", ({ formData }) => {
      if (this.isConnected && (this.many ? !this.input.value.trim() : this.input.value === this.title0)) formData.delete(this.input.name);
    });
    this.index = -1;
    this.input.addEventListener("focus", () => { if (!this.many) this.input.select(); });
    this.input.addEventListener("click", () => this.search());
    this.input.addEventListener("input", (event) => { if (!event.isComposing) this.later(); });
    this.input.addEventListener("compositionend", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.leave(), 120));
    this.addEventListener("click", (event) => { const chip = event.target.closest?.("[data-drop]"); if (chip) { chip.closest(".chip").remove(); this.changed(); } });
  }

  later() { clearTimeout(this.timer); this.timer = setTimeout(() => this.search(), 140); }

  /** What is looked for: nothing where the field still shows what is chosen. */
  words() { return this.input.value === this.title0 && !this.many ? "" : this.input.value.trim(); }

  /** Whether other words stand in the field than those that the list answers: nothing is chosen from such a list. */
  isStale() { return !this.input.readOnly && this.words() !== "" && (!this.list || this.words() !== this.answered); }

  async search() {
    clearTimeout(this.timer);
    if (this.input.readOnly) return;
    this.control?.abort();
    this.control = new AbortController();
    const text = this.words(), query = new URLSearchParams({ q: text });
    if (this.dataset.field) query.set("field", this.dataset.field);
    try {
      const answer = await ask(this.dataset.source + "?" + query, { signal: this.control.signal });
      this.show(answer.items ?? answer, text);
    } catch (error) { if (error.name !== "AbortError") this.show([], text, error.message); }
  }

  /** Enter or Tab came sooner than the finds: the first find of the words is chosen when it comes. Who leaves the field
   *  and writes waits for `settled`. */
  async settle() {
    this.isSettling = true;
    const text = this.words();
    await this.search();
    this.isSettling = false;
    if (this.words() === text && this.answered === text && this.items.length) this.pick(this.items[0]);
    else if (document.activeElement !== this.input) this.leave();
  }

  show(items, text, problem) {
    this.items = items;
    this.answered = text;
    if (document.activeElement !== this.input) return;
    this.close();
    this.index = items.length && text ? 0 : -1;
    const list = make("ul", { class: "cb", role: "listbox", id: this.input.id + "-cb" });
    items.forEach((item, position) => list.append(make("li", { role: "option", id: `${list.id}-${position}`, "aria-selected": String(position === this.index), onpointerdown: (event) => { event.preventDefault(); this.pick(item); } }, make("b", { text: item.title, dir: "auto" }), make("span", { text: item.note ?? item.subtitle ?? "" }))));
    if (!items.length) list.append(make("li", { class: "none", text: problem ?? say("noneFound") }));
    if (this.dataset.create) list.append(make("li", { class: "new", onpointerdown: (event) => { event.preventDefault(); open(this.dataset.create + (text ? "?name=" + encodeURIComponent(text) : "")); } }, icon("plus", "i s"), say("createNew")));
    this.unfold(list);
  }

  key(event) {
    if (isComposing(event)) return;
    if (event.key === "ArrowDown" && !event.ctrlKey) { event.preventDefault(); event.stopPropagation(); this.list ? this.mark(this.index + 1) : this.search(); }
    if (event.key === "ArrowUp" && this.list) { event.preventDefault(); event.stopPropagation(); this.mark(this.index - 1); }
    if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey && this.isStale()) {
      if (event.key === "Enter") { event.preventDefault(); event.stopPropagation(); }
      this.settled = this.settle();
      return;
    }
    if (event.key === "Enter" && this.list && this.index >= 0) { event.preventDefault(); event.stopPropagation(); this.pick(this.items[this.index]); }
    if (event.key === "Tab" && this.list && this.index >= 0 && this.input.value !== this.title0) this.pick(this.items[this.index]);
    if (event.key === "Escape" && this.list) { event.preventDefault(); event.stopPropagation(); this.input.value = this.many ? "" : this.title0; this.close(); }
    if (event.key === "Backspace" && this.many && !this.input.value) { this.querySelector(".picked .chip:last-child")?.remove(); this.changed(); }
  }

  pick(item) {
    // What is still looked for must not open the list again.
    clearTimeout(this.timer);
    this.control?.abort();
    this.close();
    if (this.many) {
      const chip = make("span", { class: "chip", "data-id": item.id }, item.title, make("button", { type: "button", "data-drop": true, "aria-label": say("clear") }, icon("x", "i s")), make("input", { type: "hidden", name: this.dataset.name, value: item.id }));
      this.querySelector(".picked").append(chip);
      this.input.value = "";
    } else {
      this.value.value = item.id;
      this.input.value = this.title0 = item.title;
    }
    this.changed(item);
  }

  /** What was typed and not picked is taken back, so that nobody believes it was kept. */
  leave() {
    if (this.isSettling || document.activeElement === this.input) return;
    clearTimeout(this.timer);
    this.close();
    if (this.many) { this.input.value = ""; return; }
    if (this.input.value.trim() === "" && this.value.value) { this.value.value = ""; this.title0 = ""; this.changed(); return; }
    if (this.input.value !== this.title0) this.input.value = this.title0;
  }

  changed(item) { this.dispatchEvent(new CustomEvent("pick", { bubbles: true, detail: item ?? null })); this.dispatchEvent(new Event("change", { bubbles: true })); }
}
customElements.define("bt-combobox", Combobox);
