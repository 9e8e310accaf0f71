/* The time zone of a new class is the browser's, unless somebody has typed another. Without this it is UTC, and a field to change. */

const field = document.querySelector("[data-zone]");
const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (field && mine && field.value === field.defaultValue && field.hasAttribute("data-fresh")) field.value = mine;
