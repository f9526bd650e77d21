/* One view at a time, named by the address: #overview, #a3 (an article), #a3-n7 (a note), #rules, #rule-… */
(() => {
  const views = () => $$('.view.open');

  const show = (view) => {
    reading.close();
    for (const other of views()) other.classList.remove('open');
    root.classList.toggle('v-home', !view);
    if (view) view.classList.add('open');
  };

  const steps = (article) => {
    const order = table.shown();
    const at = order.indexOf(article.id);
    for (const [name, id] of [['prev', at > 0 ? order[at - 1] : ''], ['next', at >= 0 ? order[at + 1] : '']]) {
      const link = $(`.steps [rel=${name}]`, article);
      link.hidden = !id;
      if (id) link.href = `#${id}`;
    }
  };

  const go = (moveFocus) => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const view = target && target.closest('.view');
    if (!view || view.id === 'overview') {
      show(null);
      reading.highlight(null, []);
      document.title = 'Health article report';
      if (moveFocus) {
        $('#overview-title').focus({ preventScroll: true });
        scrollTo(0, 0);
      }
      return;
    }
    show(view);
    const heading = $('h2', view);
    document.title = `${heading.textContent} – Health article report`;
    if (view.matches('.art')) {
      filters.apply(view);
      steps(view);
      reading.highlight(view, table.words());
    }
    if (target.matches('.note')) {
      reading.open(target, 'note');
      reading.focusNote(target);
    } else if (target !== view) {
      for (const other of $$('.rule.current')) other.classList.remove('current');
      if (target.matches('.rule')) target.classList.add('current');
      target.scrollIntoView();
      target.focus({ preventScroll: true });
    } else {
      scrollTo(0, 0);
      if (moveFocus) heading.focus({ preventScroll: true });
    }
  };

  addEventListener('hashchange', () => go(true));
  filters.onChange(() => {
    for (const view of views()) {
      if (!view.matches('.art')) continue;
      filters.apply(view);
      reading.close();
    }
  });
  const plot = $('.plot');
  if (plot) {
    plot.addEventListener('click', (event) => {
      const id = event.target.dataset.article;
      if (id) location.hash = id;
    });
  }
  $('button[name=print-all]').addEventListener('click', () => {
    for (const article of $$('.art')) filters.apply(article);
    root.classList.add('print-all');
    print();
  });
  addEventListener('afterprint', () => root.classList.remove('print-all'));
  go(false);
})();
