// Narrows a list while one types, without asking the server; without scripts the form does the same.
for (const input of document.querySelectorAll("[data-narrow]")) {
  let composing = false;
  const narrow = () => {
    if (composing) return;
    const wanted = input.value.trim().toLowerCase();
    for (const part of document.querySelectorAll(`[data-narrows="${input.dataset.narrow}"]`)) {
      let left = 0;
      for (const item of part.querySelectorAll("[data-words]")) {
        item.hidden = wanted !== "" && !item.dataset.words.toLowerCase().includes(wanted);
        if (!item.hidden) left += 1;
      }
      part.hidden = left === 0;
    }
  };
  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; narrow(); });
  input.addEventListener("input", narrow);
}

// A list that decides what else is asked sends its form at once.
for (const list of document.querySelectorAll("select[data-sends][name=object]")) {
  list.addEventListener("change", () => list.form.requestSubmit());
}

// Says which file was chosen, or dropped on the field that lies over the whole place.
for (const place of document.querySelectorAll("[data-drop]")) {
  const input = place.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    if (input.files.length > 0) place.querySelector("b").textContent = input.files[0].name;
  });
  for (const [kind, over] of [["dragenter", true], ["dragleave", false], ["drop", false]]) {
    input.addEventListener(kind, () => place.classList.toggle("over", over));
  }
}

// A hand-over under way asks for itself until the house has done with it.
const underWay = document.querySelector(".hw [data-running]");
if (underWay) {
  const look = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
      const fresh = answer.ok && !answer.redirected
        ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".hw [data-running]") : null;
      if (!fresh) { location.reload(); return; }
      underWay.querySelector("progress").value = fresh.querySelector("progress").getAttribute("value");
      underWay.querySelector("[data-run-text]").textContent = fresh.querySelector("[data-run-text]").textContent;
    } catch { /* The server can't be reached for the moment; the next turn asks again. */ }
    if (underWay.isConnected) setTimeout(look, 1000);
  };
  setTimeout(look, 700);
}

for (const button of document.querySelectorAll("[data-do=print]")) button.addEventListener("click", () => print());
