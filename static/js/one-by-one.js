// The ballot on a phone, and in large type: one matter a screen. Without this script, and on a desk,
// it is one sheet. Nothing is sent before the last screen; what is marked stays marked.

const form = document.querySelector("[data-one-by-one]");
const sheets = [...form.querySelectorAll("fieldset")];
const [place, moves, last] = ["place", "moves", "last"].map((part) =>
  form.querySelector(`[data-${part}]`),
);
const [next, back] = moves.querySelectorAll("button");
const narrow = window.matchMedia("(max-width: 40rem)");
let at = Math.max(0, sheets.findIndex((sheet) => sheet.querySelector(".errorlist")));

function show() {
  const isLarge = document.documentElement.classList.contains("big");
  const isSingle = sheets.length > 1 && (isLarge || narrow.matches);
  sheets.forEach((sheet, number) => {
    sheet.hidden = isSingle && number !== at;
  });
  place.hidden = moves.hidden = !isSingle;
  last.hidden = isSingle && at < sheets.length - 1;
  back.hidden = at === 0;
  next.hidden = at === sheets.length - 1;
  place.textContent = place.dataset.place
    .replace("{at}", at + 1)
    .replace("{all}", sheets.length);
}

function go(number) {
  at = number;
  show();
  place.scrollIntoView();
  place.focus({ preventScroll: true });
}

back.addEventListener("click", () => go(at - 1));
next.addEventListener("click", () => go(at + 1));
narrow.addEventListener("change", show);
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const sheet = link && document.getElementById(link.hash.slice(1))?.closest("fieldset");
  if (sheets.includes(sheet)) {
    go(sheets.indexOf(sheet)); // an error's link opens the matter it is about
  }
});
show();
