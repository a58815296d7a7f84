'use strict';
// Rows of a table are searched while a person types; without script the form asks the server.
for (const form of document.querySelectorAll('form[data-rows]')) {
  const rows = [...document.querySelectorAll('#' + form.dataset.rows + ' tbody tr')];
  const field = form.querySelector('input');
  const count = form.querySelector('output');
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every(word => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = shown + ' of ' + rows.length + ' rows';
  };
  field.addEventListener('input', show);
  form.addEventListener('submit', event => event.preventDefault());
  form.hidden = false;
  show();
}
// A part of the page that changes is read again while the page is looked at.
const parts = [...document.querySelectorAll('[data-live]')];
const again = async () => {
  const busy = part => part.contains(document.activeElement) || part.querySelector('details[open]');
  if (document.hidden || parts.some(busy)) return;
  try {
    const answer = await fetch(location.href, {credentials: 'same-origin', headers: {'Consentry-Again': '1'}});
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of parts) {
      const next = page.getElementById(part.id);
      if (next && next.innerHTML !== part.innerHTML) part.innerHTML = next.innerHTML;
    }
  } catch (unreachable) {
    return;
  }
};
if (parts.length > 0 && location.protocol !== 'file:') setInterval(again, 5000);
