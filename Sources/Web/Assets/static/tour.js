// The card of a stop stands beside what it speaks of, which is ringed. Without scripts it stands at the foot of the page.
import { onKey } from "./app.js";

const card = document.getElementById("tour");
const target = [...document.querySelectorAll(card.dataset.target)].find((element) => element.getClientRects().length > 0);

function place() {
  if (!target || matchMedia("(max-width:768px)").matches) return;
  const box = target.getBoundingClientRect();
  const [width, height, gap] = [card.offsetWidth, card.offsetHeight, 12];
  const isBelow = box.bottom + gap + height < innerHeight;
  const top = isBelow ? box.bottom + gap : Math.max(gap, Math.min(box.top, innerHeight - height - gap));
  const left = isBelow || box.right + gap + width > innerWidth ? box.left : box.right + gap;
  card.style.transform = "none";
  const home = card.getBoundingClientRect();
  const wanted = Math.max(gap, Math.min(left, innerWidth - width - gap));
  // Moved, not laid out anew: nothing else on the page shifts.
  card.style.transform = `translate(${wanted - home.left}px, ${top - home.top}px)`;
}

if (target) {
  target.classList.add("tour-at");
  target.scrollIntoView({ block: "nearest" });
}
place();
addEventListener("resize", place);
card.focus({ preventScroll: true });
onKey("Escape", () => card.querySelector("header a").click());
onKey("ArrowRight", () => { const next = card.querySelector("footer .btn.p"); if (!next) return false; next.click(); });
