/* The table of articles: sorted by any column, narrowed by words and by errors. */
const table = (() => {
  const body = $('#articles tbody');
  const rows = $$('tr', body);
  const heads = $$('#articles thead th');
  const form = $('.find');
  const query = $('input[name=query]', form);
  const texts = new Map();

  const words = () => query.value.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = (row) => {
    if (!texts.has(row)) {
      const article = document.getElementById(row.dataset.article);
      texts.set(row, `${row.textContent} ${article ? article.textContent : ''}`.toLowerCase());
    }
    return texts.get(row);
  };

  const narrow = () => {
    const wanted = words();
    const onlyErrors = $('input[name=errors-only]', form).checked;
    const out = new Set();
    for (const row of rows) {
      const counts = filters.counts(row);
      heads.forEach((head, column) => {
        const name = head.dataset.column;
        if (!(name in counts)) return;
        const cell = row.cells[column];
        cell.textContent = cell.dataset.value = counts[name];
        cell.classList.toggle('zero', counts[name] === 0);
      });
      row.hidden = (onlyErrors && !counts.error) || !wanted.every((word) => textOf(row).includes(word));
      if (row.hidden) out.add(row.dataset.article);
    }
    for (const dot of $$('.plot circle')) dot.classList.toggle('out', out.has(dot.dataset.article));
    $('.nothing').hidden = out.size < rows.length;
  };

  const sort = (column, direction) => {
    heads.forEach((head, index) => {
      if (index === column) head.setAttribute('aria-sort', direction > 0 ? 'ascending' : 'descending');
      else head.removeAttribute('aria-sort');
    });
    const value = (row) => row.cells[column].dataset.value;
    const compare = heads[column].classList.contains('number')
      ? (a, b) => Number(value(a)) - Number(value(b))
      : (a, b) => value(a).localeCompare(value(b), undefined, { numeric: true });
    rows.sort((a, b) => direction * compare(a, b));
    body.append(...rows);
  };

  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const now = head.getAttribute('aria-sort');
      const first = head.classList.contains('number') ? -1 : 1;
      sort(column, now ? (now === 'ascending' ? -1 : 1) : first);
    });
  });

  let waiting = 0;
  query.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(narrow, 120);
  });
  form.addEventListener('change', narrow);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    narrow();
  });
  filters.onChange(narrow);
  narrow();  /* a browser may have kept what was typed */
  return { words, shown: () => rows.filter((row) => !row.hidden).map((row) => row.dataset.article) };
})();
