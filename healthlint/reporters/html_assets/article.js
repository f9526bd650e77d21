/* Marks and notes of the article that is open: a click or the keyboard leads from one to the other. */
const reading = (() => {
  let current = null;
  const noteOf = (article, number) => document.getElementById(`${article.id}-n${number}`);
  const marksOf = (article, number) =>
    $$('mark', article).filter((mark) => numbersOf(mark).includes(String(number)));
  const numberOf = (note) => (/-n(\d+)$/.exec(note.id) || [])[1];
  const wide = matchMedia('(min-width: 66rem)');

  const hover = (article, number, on) => {
    const note = noteOf(article, number);
    if (note) note.classList.toggle('hover', on);
    for (const mark of marksOf(article, number)) mark.classList.toggle('hover', on);
  };

  const close = () => {
    if (!current) return;
    const article = current.closest('.art');
    current.classList.remove('current');
    current.removeAttribute('aria-current');
    $('.close', current).hidden = true;
    for (const mark of $$('mark.current', article)) mark.classList.remove('current');
    current = null;
  };

  /* Shows a note and its phrase; `follow` says which of them is to be scrolled to. */
  const open = (note, follow) => {
    close();
    current = note;
    const article = note.closest('.art');
    const number = numberOf(note);
    note.classList.add('current');
    note.setAttribute('aria-current', 'true');
    $('.close', note).hidden = false;
    const marks = number ? marksOf(article, number) : [];
    for (const mark of marks) mark.classList.add('current');
    if (follow === 'note' && wide.matches) note.scrollIntoView({ block: 'nearest' });
    else if (marks.length) marks[0].scrollIntoView({ block: wide.matches ? 'nearest' : 'center' });
  };

  const focusNote = (note) => {
    note.tabIndex = -1;
    note.focus({ preventScroll: true });
  };

  const backToText = () => {
    if (!current) return;
    const ref = document.getElementById(current.id.replace('-n', '-r'));
    close();
    if (ref) ref.focus();
  };

  document.addEventListener('click', (event) => {
    const article = event.target.closest('.art');
    if (!article) return;
    const ref = event.target.closest('.ref a');
    const back = event.target.closest('.back');
    const note = event.target.closest('.note');
    const mark = event.target.closest('mark:not(.off)');
    if (ref) {
      event.preventDefault();
      const its = noteOf(article, ref.dataset.n);
      open(its, 'note');
      focusNote(its);
    } else if (back) {
      event.preventDefault();
      open(note, 'text');
      backToText();
    } else if (event.target.closest('.close')) {
      backToText();
    } else if (note) {
      if (!event.target.closest('a') && note !== current) open(note, 'text');
    } else if (mark && getSelection().isCollapsed) {
      const shown = numbersOf(mark).map((number) => noteOf(article, number)).filter((its) => its && !its.hidden);
      /* Where phrases overlap, each click goes one phrase further out. */
      open(shown[(shown.indexOf(current) + 1) % shown.length], 'note');
    } else if (!wide.matches) {
      close();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') backToText();
  });
  for (const [name, on] of [['mouseover', true], ['mouseout', false]]) {
    document.addEventListener(name, (event) => {
      const element = event.target.closest && event.target.closest('mark:not(.off), .note');
      const article = element && element.closest('.art');
      if (!article) return;
      const number = element.matches('.note') ? numberOf(element) : numbersOf(element)[0];
      if (number) hover(article, number, on);
    });
  }

  /* Words looked for in the overview are shown in the text, where the browser can highlight without touching it. */
  const highlight = (article, words) => {
    if (!window.CSS || !CSS.highlights || !window.Highlight) return;
    CSS.highlights.delete('found');
    if (!article || !words.length) return;
    const ranges = [];
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data.toLowerCase();
      for (const word of words) {
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
          const range = new Range();
          range.setStart(walker.currentNode, at);
          range.setEnd(walker.currentNode, Math.min(at + word.length, walker.currentNode.data.length));
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set('found', new Highlight(...ranges));
  };

  return { open, close, focusNote, highlight };
})();
