// Names the chosen files, shows where they may be dropped, and says when there are
// none or they are too large.
const form = document.querySelector("[data-files]");

if (form) {
  const input = form.querySelector("input[type=file]");
  const names = form.querySelector("[data-names]");
  const area = input.closest(".drop");

  input.addEventListener("change", () => {
    // Said before anything is sent: a server that stops listening leaves the browser without words.
    const total = [...input.files].reduce((sum, file) => sum + file.size, 0);
    input.setCustomValidity(total > Number(form.dataset.most) ? form.dataset.tooLarge : "");
    input.reportValidity();
    names.replaceChildren(
      // The browser names a single file itself.
      ...(input.files.length > 1 ? [...input.files] : []).map((file) => {
        const line = document.createElement("li");
        line.textContent = file.name;
        return line;
      }),
    );
  });
  area.addEventListener("dragover", (event) => {
    event.preventDefault();
    area.dataset.over = "";
  });
  area.addEventListener("dragleave", () => delete area.dataset.over);
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    delete area.dataset.over;
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change"));
  });
  form.addEventListener("submit", (event) => {
    // Wanted by one button alone: the form may hold more than files, and be sent without any.
    if (!event.submitter?.matches("[data-takes-files]")) return;
    input.required = true;
    const fine = input.reportValidity();
    input.required = false;
    if (!fine) event.preventDefault();
  });
}
