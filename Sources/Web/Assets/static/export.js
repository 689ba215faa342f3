// Choosing the columns of an export: their order, and headings only for what leaves.
import "./columns.js";
import "./form.js";

const items = [...document.querySelectorAll(".exp-l .col-i")];
for (const item of items) {
  const [box, head] = item.querySelectorAll("input");
  const fit = () => { head.disabled = !box.checked; };
  box.addEventListener("change", fit);
  fit();
}
