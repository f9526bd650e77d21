'use strict';
const root = document.documentElement;
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

/* What is shown: severities and families that are ticked, and the words that are looked for. */
const filters = (() => {
  const form = $('.filters form');
  const status = $('.filters .status');
  const ticked = (name) => new Set($$(`input[name=${name}]:checked`, form).map((box) => box.value));
  const boxes = (name) => $$(`input[name=${name}]`, form).length;
  let severities = ticked('severity');
  let families = ticked('family');
  const listeners = [];

  const shows = (family, severity) => severities.has(severity) && families.has(family);

  /* Counts of a table row as the filters leave them: {error, warning, info}. */
  const counts = (row) => {
    const left = { error: 0, warning: 0, info: 0 };
    for (const part of (row.dataset.counts || '').split(' ')) {
      const [family, severity, number] = part.split(':');
      if (shows(family, severity)) left[severity] += Number(number);
    }
    return left;
  };

  const apply = (article) => {
    const hidden = new Set();
    for (const note of $$('.note', article)) {
      note.hidden = !shows(note.dataset.family, note.dataset.severity);
      const number = /-n(\d+)$/.exec(note.id);
      if (note.hidden && number) hidden.add(number[1]);
    }
    for (const list of $$('.notes', article)) {
      list.previousElementSibling.hidden = $$('.note:not([hidden])', list).length === 0;
    }
    for (const mark of $$('mark', article)) {
      mark.classList.toggle('off', numbersOf(mark).every((number) => hidden.has(number)));
    }
    for (const ref of $$('.ref', article)) ref.hidden = hidden.has(ref.firstElementChild.dataset.n);
  };

  const tell = () => {
    let all = 0;
    let left = 0;
    for (const row of $$('#articles tbody tr')) {
      for (const part of (row.dataset.counts || '').split(' ')) all += Number(part.split(':')[2] || 0);
      const now = counts(row);
      left += now.error + now.warning + now.info;
    }
    const everything = severities.size === boxes('severity') && families.size === boxes('family');
    status.textContent = everything ? '' : `${left.toLocaleString('en')} of ${all.toLocaleString('en')} notes shown.`;
  };

  const shade = () => root.classList.toggle('no-shade', !$('input[name=shade]', form).checked);
  form.addEventListener('change', () => {
    severities = ticked('severity');
    families = ticked('family');
    shade();
    tell();
    for (const listener of listeners) listener();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  if (matchMedia('(max-width: 66rem)').matches) $('.filters').open = false;
  shade();  /* a browser may have kept the boxes of an earlier visit */
  tell();
  return { apply, counts, onChange: (listener) => listeners.push(listener) };
})();

/* The numbers of the notes that a mark or a reference belongs to, the innermost phrase first. */
function numbersOf(element) {
  return [element.dataset.n, element.dataset.also].filter(Boolean).flatMap((numbers) => numbers.split(' '));
}
