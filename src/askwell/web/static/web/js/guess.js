// The browser knows the clock and often the country; both stay to be changed.
const zone = document.querySelector("[data-guess=zone]");
const country = document.querySelector("[data-guess=country]");

if (zone && (!zone.value || zone.value === "UTC")) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (own) zone.value = own;
}
if (country && !country.value) {
  const region = new Intl.Locale(navigator.language).region ?? "";
  if (region && [...country.options].some((option) => option.value === region)) country.value = region;
}
