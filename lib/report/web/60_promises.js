// Of each pact its members: what they owed, what they kept, what they broke.
R.charts.promises = (box, data) => {
  const key = R.make(box, 'ul', 'key');
  [['kept', 'honoured'], ['broken', 'broken'], ['rest', 'owed, and not able or released']]
      .forEach(([name, text]) => {
        const li = key.append('li');
        li.append('span').attr('class', name);
        li.append('span').text(text);
      });
  const pacts = d3.nest().key(c => c.pact).entries(data.promises.cells)
      .map(p => ({name: p.key, cells: p.values, all: d3.sum(p.values, c => c.counts[0])}))
      .sort((a, b) => d3.descending(a.all, b.all));
  const draw = (parent, cell) => {
    const [obliged, able, honoured, broken, conflicts] = cell.counts;
    const whole = Math.max(obliged, honoured + broken, 1);
    const row = R.make(parent, 'div', 'word');
    row.append('span').text(cell.member);
    const stack = row.append('span').attr('class', 'stack').attr('aria-hidden', 'true');
    stack.append('i').attr('class', 'kept').style('width', 100 * honoured / whole + '%');
    stack.append('i').attr('class', 'broken').style('width', 100 * broken / whole + '%');
    const said = row.append('span').attr('class', 'said');
    const times = n => R.number(n);
    said.append('span').text((obliged || honoured
        ? `kept ${times(honoured)}${obliged ? ' of ' + times(obliged) : ''}, ` : '') + `broke ${times(broken)}`);
    const more = cell.articles.slice().sort((a, b) => b[1] - a[1]).slice(0, 3)
        .map(([name, n]) => `article ${name}: ${times(n)}`);
    if (able < obliged) more.unshift(`able in ${times(able)}`);
    if (conflicts) more.push(`torn between two: ${times(conflicts)}`);
    if (more.length) said.append('small').text(more.join(' · '));
  };
  const most = 6, most_pacts = 4;
  const area = R.make(box, 'div').node();
  const add = pact => {
    R.make(area, 'h4', null, pact.name);
    const cells = pact.cells.slice().sort((a, b) => d3.descending(a.counts[0], b.counts[0]));
    const list = R.make(area, 'div').node();
    cells.slice(0, most).forEach(c => draw(list, c));
    if (cells.length <= most) return;
    const button = R.make(area, 'button', 'more', `All ${cells.length} members`).attr('type', 'button');
    button.on('click', () => {
      cells.slice(most).forEach(c => draw(list, c));
      button.remove();
    });
  };
  pacts.slice(0, most_pacts).forEach(add);
  if (pacts.length > most_pacts) {
    const button = R.make(box, 'button', 'more', `All ${pacts.length} pacts`).attr('type', 'button');
    button.on('click', () => {
      pacts.slice(most_pacts).forEach(add);
      button.remove();
    });
  }
};
