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
