// A new post-mortem is told in the browser's zone, as long as nobody has said otherwise.

export function fillZone() {
  const field = document.querySelector("form[data-new] [data-zone]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field instanceof HTMLInputElement && field.value === field.defaultValue && zone) field.value = zone;
}
