// A second press while the first is on its way is not sent. The keys in the forms make a second
// sending harmless; this spares the reader the doubt. It may be sent again after ten seconds without
// an answer, and when the page is taken up again from the browser's memory (back button).

const underWay = new WeakSet();
const PATIENCE = 10000;

function release(form) {
  underWay.delete(form);
  form.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-hx-post")) {
    return;
  }
  if (underWay.has(form)) {
    event.preventDefault();
    return;
  }
  underWay.add(form);
  form.setAttribute("aria-busy", "true");
  setTimeout(release, PATIENCE, form);
});

window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    document.querySelectorAll("form[aria-busy]").forEach(release);
  }
});
