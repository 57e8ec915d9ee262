/* A fire log: the phone's own time goes with it, and the part for a failure opens by itself; where
   nothing applies, the parts of all items do. */

const form = document.querySelector("[data-device-time]");

form.addEventListener("submit", () => {
  form.elements.device_at.value = new Date().toISOString();
});

form.addEventListener("change", (changed) => {
  if (changed.target.type === "radio" && changed.target.value === "failed") {
    changed.target.closest("fieldset").querySelector("details").open = true;
  }
  const items = [...form.querySelectorAll("fieldset")];
  if (items.every((item) => item.querySelector('[value="absent"]:checked'))) {
    items.forEach((item) => {
      item.querySelector("details").open = true;
    });
  }
});
