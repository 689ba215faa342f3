// A list of choices at a text field: where it stands, and which of them is at hand.

export class Listbox extends HTMLElement {
  /** How the list fits its field, in pixels: at most so wide and high; `fixed` takes the whole width whatever stands in it. */
  static room = { width: 420, height: 320, fixed: false };

  disconnectedCallback() { this.close(); }

  /** Shows a list; `this.items` are its choices. */
  unfold(list) {
    this.list = list;
    // Above a dialog only what is inside it can stand.
    (this.closest("dialog") ?? document.body).append(list);
    this.place();
    this.input.setAttribute("aria-expanded", "true");
    this.input.setAttribute("aria-controls", list.id);
    this.onscroll = (event) => { if (event.target !== this.list) this.place(); };
    addEventListener("scroll", this.onscroll, true);
  }

  place() {
    const { width, height, fixed } = this.constructor.room;
    const box = this.input.getBoundingClientRect(), style = this.list.style;
    const below = innerHeight - box.bottom - 12, above = box.top - 12, upward = below < 200 && above > below;
    const most = Math.max(box.width, Math.min(width, innerWidth - box.left - 8)) + "px";
    style.left = box.left + "px";
    style.minWidth = fixed ? most : box.width + "px";
    style.maxWidth = most;
    style.maxHeight = Math.min(height, upward ? above : below) + "px";
    style.top = upward ? "auto" : box.bottom + 4 + "px";
    style.bottom = upward ? innerHeight - box.top + 4 + "px" : "auto";
  }

  close() {
    this.list?.remove();
    this.list = null;
    removeEventListener("scroll", this.onscroll, true);
    this.input?.setAttribute("aria-expanded", "false");
    this.input?.removeAttribute("aria-activedescendant");
    this.input?.removeAttribute("aria-controls");
  }

  /** Puts the mark on a choice; before the first comes the last. */
  mark(next) {
    if (!this.list || !this.items.length) return;
    this.index = (next + this.items.length) % this.items.length;
    [...this.list.querySelectorAll("[role=option]")].forEach((option, place) => {
      option.setAttribute("aria-selected", place === this.index);
      if (place === this.index) { option.scrollIntoView({ block: "nearest" }); this.input.setAttribute("aria-activedescendant", option.id); }
    });
  }
}
