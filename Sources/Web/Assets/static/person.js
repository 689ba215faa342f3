// Chooses a colleague: typed by name, pinyin, initials or role; who is there and how much they hold beside the name.
// The plain list stays underneath and is what the form sends.
import { isComposing, make } from "./app.js";
import { Listbox } from "./listbox.js";

const plain = (text) => text.toLowerCase().replace(/[\s'’]/g, "");

class PersonPicker extends Listbox {
  static room = { width: 340, height: 300, fixed: true };

  connectedCallback() {
    if (this.input) return;
    this.select = this.querySelector("select");
    if (!this.select) return;
    const id = this.select.id;
    this.people = [...this.select.options].filter((option) => option.value).map((option) => ({ value: option.value, ...option.dataset }));
    this.index = -1;
    this.select.id = id + "-s";
    this.select.hidden = true;
    this.input = make("input", { class: "in", id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", dir: "auto", "aria-autocomplete": "list", "aria-expanded": "false", "aria-haspopup": "listbox", placeholder: this.select.options[0]?.value ? "" : this.select.options[0]?.text, "aria-required": this.select.required ? "true" : null });
    this.note = make("p", { class: "fd-h", id: id + "-n", "aria-live": "polite" });
    this.input.setAttribute("aria-describedby", this.note.id);
    this.append(this.input, this.note);
    this.take(this.people.find((person) => person.value === this.select.value), false);
    // A check of the form that points at the hidden list means this field.
    this.select.focus = () => this.input.focus();
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("click", () => this.show(true));
    this.input.addEventListener("input", (event) => { if (!event.isComposing) this.show(); });
    this.input.addEventListener("compositionend", () => this.show());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.leave(), 120));
  }

  found(text) {
    const words = plain(text);
    if (!words) return this.people;
    const rank = (person) => {
      const name = plain(person.name), [full, initials] = (person.key ?? "").split(" ");
      if (name.startsWith(words)) return 0;
      if (initials?.startsWith(words)) return 1;
      if (full?.startsWith(words)) return 2;
      if (name.includes(words) || full?.includes(words)) return 3;
      return plain(person.role ?? "").includes(words) ? 4 : 9;
    };
    return this.people.map((person) => [rank(person), person]).filter(([place]) => place < 9).sort((left, right) => left[0] - right[0]).map(([, person]) => person);
  }

  show(all = false) {
    this.close();
    this.items = this.found(all || this.input.value === this.name0 ? "" : this.input.value);
    this.index = this.items.length && !all && this.input.value ? 0 : -1;
    const list = make("ul", { class: "cb pp", role: "listbox", id: this.input.id + "-cb", "aria-label": this.closest(".fd")?.querySelector("label")?.textContent });
    this.items.forEach((person, place) => list.append(make("li", { role: "option", id: `${list.id}-${place}`, "aria-selected": String(place === this.index), class: person.away ? "off" : "", onpointerdown: (event) => { event.preventDefault(); this.pick(person); } },
      make("b", { text: person.name, dir: "auto" }), make("span", { class: "pp-r", text: person.role }), make("span", { class: person.late ? "pp-l late" : "pp-l", text: person.load }), person.away ? make("span", { class: "pp-a", text: person.away }) : null)));
    if (!this.items.length) list.append(make("li", { class: "none", text: this.dataset.none }));
    this.unfold(list);
    if (this.index >= 0) this.mark(this.index);
  }

  key(event) {
    if (isComposing(event)) return;
    const stop = () => { event.preventDefault(); event.stopPropagation(); };
    if (event.key === "ArrowDown") { stop(); this.list ? this.mark(this.index + 1) : this.show(true); }
    else if (event.key === "ArrowUp" && this.list) { stop(); this.mark(this.index - 1); }
    else if (event.key === "Enter" && this.list && this.index >= 0) { stop(); this.pick(this.items[this.index]); }
    else if (event.key === "Tab" && this.list && this.index >= 0 && this.input.value !== this.name0) this.pick(this.items[this.index]);
    else if (event.key === "Escape" && this.list) { stop(); this.input.value = this.name0; this.close(); }
  }

  pick(person) { this.close(); this.take(person, true); }

  take(person, tells) {
    this.select.value = person?.value ?? "";
    this.name0 = this.input.value = person?.name ?? "";
    this.note.textContent = person ? [person.role, person.load, person.away].filter(Boolean).join(" · ") : "";
    this.note.classList.toggle("t-warn", Boolean(person?.away));
    if (tells) this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** What was typed and not chosen is taken back; an emptied field chooses nobody. */
  leave() {
    this.close();
    if (!this.input.value.trim()) this.take(null, Boolean(this.select.value));
    else this.input.value = this.name0;
  }
}
customElements.define("bt-person", PersonPicker);
