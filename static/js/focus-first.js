// The error summary takes the focus as the page opens, so that a screen reader begins with it.

const first = document.querySelector("[data-focus-first]");
if (first) {
  first.focus();
}
