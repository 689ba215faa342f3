// The page without a connection: it tries again when the device has one.
addEventListener("online", () => location.reload());
document.querySelector("[data-again]")?.addEventListener("click", (event) => { event.preventDefault(); location.reload(); });
