// One record of several: one press chooses all values of one of them.
const form = document.querySelector(".mrg-f");

function choose(side) {
  for (const input of form.querySelectorAll(`input[type="radio"][value="${CSS.escape(side)}"]`)) input.checked = true;
}

if (form) {
  for (const button of form.querySelectorAll("[data-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => choose(button.dataset.all));
  }
}
