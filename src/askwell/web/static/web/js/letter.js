// Underlines what the lint found, behind the text; says whether the text is kept.
const form = document.querySelector("[data-letter]");
const body = form?.querySelector("[data-body]");
const marks = form?.querySelector("[data-marks]");
const state = form?.querySelector("[data-state]");

// Places count characters; the strings here count halves of some of them.
function spans() {
  return [...document.querySelectorAll("[data-finding][data-part='body']")]
    .map(({ dataset }) => ({ at: Number(dataset.offset), to: Number(dataset.offset) + Number(dataset.length), severity: dataset.severity }))
    .filter((span) => span.to > span.at)
    .sort((one, other) => one.at - other.at);
}

function draw(withMarks) {
  const text = [...body.value];
  const pieces = [];
  let at = 0;
  for (const span of withMarks ? spans() : []) {
    if (span.at < at) continue;
    const mark = document.createElement("mark");
    mark.className = `found found--${span.severity}`;
    mark.textContent = text.slice(span.at, span.to).join("");
    pieces.push(text.slice(at, span.at).join(""), mark);
    at = span.to;
  }
  marks.replaceChildren(...pieces, `${text.slice(at).join("")}\n`);
}

function mailto() {
  const link = form.querySelector("[data-mailto]");
  if (!link) return;
  const fields = [["subject", form.elements.subject?.value ?? ""], ["body", body.value.replace(/\r?\n/g, "\r\n")]];
  const query = fields.filter(([, value]) => value).map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
  link.href = `mailto:${encodeURIComponent(link.dataset.mailto).replace("%40", "@")}?${query}`;
}

if (form) {
  draw(true);
  form.querySelector("[data-save]").hidden = true;
  for (const button of document.querySelectorAll(".no-script")) button.hidden = true;
  form.addEventListener("input", () => {
    draw(false);
    mailto();
    state.textContent = "";
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id !== "lint" && event.target.id !== "lint") return;
    draw(true);
    state.textContent = document.querySelector("[data-lint]").dataset.saved ?? "";
  });
}
