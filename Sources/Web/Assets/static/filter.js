// The builder of conditions: comparison and value follow the field.
import { make, onUnfold } from "./app.js";

onUnfold((menu) => { if (menu.matches(".fb")) fitBuilder(); });

/** Makes the form of the page work; again after its part of the page was put in anew. */
export function fitBuilder() {
  const builder = document.querySelector("form[data-filter]");
  if (!builder || builder.dataset.fit) return;
  builder.dataset.fit = "1";
  const [field, comparison] = [builder.elements.ff, builder.elements.fo];
  const templates = [...comparison.options];
  const fit = (isFirst) => {
    const kind = field.selectedOptions[0]?.dataset.kind ?? "text";
    comparison.replaceChildren(...templates.filter((option) => option.dataset.kinds.split(" ").includes(kind)));
    if (isFirst !== true || !comparison.querySelector("[selected]")) comparison.selectedIndex = 0;
    const choices = document.getElementById("fb-" + field.value);
    const attributes = { class: "in", id: "fb-v", name: "fv" };
    const value = choices || kind === "bool" ? make("select", attributes) : make("input", { ...attributes, type: kind === "day" ? "date" : "text", inputmode: kind === "number" ? "decimal" : null, autocomplete: "off" });
    if (choices) value.append(...[...choices.options].map((option) => make("option", { value: option.value, text: option.textContent || option.label })));
    if (kind === "bool") value.append(make("option", { value: "TRUE", text: "✓" }), make("option", { value: "FALSE", text: "–" }));
    const typed = builder.querySelector("#fb-v");
    if (isFirst === true && typed.value) value.value = typed.value;
    typed.replaceWith(value);
    hide();
  };
  const hide = () => { builder.querySelector("#fb-v").closest(".fd").hidden = ["set", "null", "today", "past", "last7", "next7", "month", "me"].includes(comparison.value); };
  field.addEventListener("change", fit);
  comparison.addEventListener("change", hide);
  fit(true);
}
