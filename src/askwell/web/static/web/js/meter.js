// How long a story takes to say, as it is typed.
const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

for (const meter of document.querySelectorAll("[data-meter]")) {
  const field = document.getElementById(meter.dataset.meter);
  const pace = Number(meter.dataset.aMinute);
  const show = () => {
    const words = field.value.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    const text = put(meter.dataset.said, { words, seconds: Math.round((words * 60) / pace) });
    meter.querySelector("[data-meter-said]").textContent = text;
  };
  field.addEventListener("input", show);
  show();
}
