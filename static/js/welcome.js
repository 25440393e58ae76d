// The first-visit page knows the zone of the browser that shows it: it is offered, and not taken.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const list = document.querySelector("[data-zone-guess] select[name=zone]");
if (list && [...list.options].some((o) => o.value === zone)) list.value = zone;
