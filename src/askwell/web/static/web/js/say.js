// A live region that came with its words is passed over by screen readers; one that was there before is read.
let said = "";
let end;

export function say(words) {
  const text = words.trim().replace(/\s+/g, " ");
  if (!text || text === said) return;
  said = text;
  // Beside an open dialog nothing is read.
  const region = document.querySelector("dialog[open] [data-said-here]") ?? document.querySelector("body > [data-said-here]");
  region.textContent = text;
  // Nobody who reads on comes upon it twice.
  clearTimeout(end);
  end = setTimeout(() => (region.textContent = ""), 5000);
}

function sayNew({ target }) {
  if (!target.matches) return;
  for (const one of [target, ...target.querySelectorAll("[data-say]")]) {
    if (one.matches("[data-say]")) say(one.dataset.say || one.textContent);
  }
}

export function startSaying() {
  document.addEventListener("htmx:afterSettle", sayNew);
  // What was done before this page came stands in it already.
  const done = [...document.querySelectorAll("[data-toast] > span")].map((one) => one.textContent).join(" ");
  setTimeout(() => say(done), 500);
}
