// One box that ticks everybody on the page.
const wire = () => {
  for (const form of document.querySelectorAll("[data-ticks]:not([data-wired])")) {
    form.dataset.wired = "";
    const line = form.querySelector("[data-all]");
    const all = line.querySelector("input");
    const boxes = [...form.querySelectorAll("input[name=who]")];
    line.hidden = false;
    all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
    form.addEventListener("change", () => {
      const ticked = boxes.filter((box) => box.checked).length;
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    });
  }
};

wire();
document.addEventListener("htmx:afterSettle", wire);
