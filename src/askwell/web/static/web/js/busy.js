// A form that takes a while says so in its button (`data-busy`), and is sent once.
const LONGEST = 60000; // then whoever stopped it may try again
const sent = new WeakMap(); // form -> puts its button back

export function startBusy(say) {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    if (event.defaultPrevented) return; // refused before, or sent by other means
    if (sent.has(form)) return event.preventDefault();
    if (!button?.dataset.busy) return;
    const before = [...button.childNodes];
    button.setAttribute("aria-busy", "true");
    button.replaceChildren(button.dataset.busy);
    say(button.dataset.busy);
    const free = () => {
      button.removeAttribute("aria-busy");
      button.replaceChildren(...before);
      sent.delete(form);
    };
    sent.set(form, free);
    setTimeout(free, LONGEST);
  });
  // Come back to with the browser's own button, a page stands as it was left.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.forms) sent.get(form)?.();
  });
}
