'use strict';
// What every chart needs. Each file behind this one adds a chart to R.charts; the last one draws.
const R = {
  data: JSON.parse(document.getElementById('data').textContent),
  charts: {},

  // A number as the sentences have it: about four digits, thousands apart.
  number(x) {
    if (x === null || !isFinite(x)) return '–';
    const digits = Math.abs(x) >= 1000 ? 0 : Math.abs(x) >= 100 ? 0 : 3;
    const text = Math.abs(x) >= 100 ? d3.format(',.0f')(x) : String(Number(x.toPrecision(digits)));
    return text.replace('-', '−');
  },
  // The same with as little as an axis needs: 12k, 1.5M.
  short(x) {
    if (x === null || !isFinite(x)) return '–';
    if (Math.abs(x) >= 1e4) return d3.format('.2~s')(x).replace('-', '−').replace('G', 'bn');
    return R.number(x);
  },
  percent(x) {
    if (x === null || !isFinite(x)) return '–';
    const p = Math.round(1e6 * x * (1 + 1e-10)) / 1e4;
    return (Math.abs(p) < 10 && Math.abs(p - Math.round(p)) > 1e-9 ? p.toFixed(1) : p.toFixed(0))
        .replace('-', '−');
  },
  date: d3.utcFormat('%-d %b %Y'),
  month: d3.utcFormat('%b %Y'),
  day: text => d3.utcParse('%Y-%m-%d')(text),

  // An element with text; what is text stays text.
  make(parent, tag, name, text) {
    const e = d3.select(parent).append(tag);
    if (name) e.attr('class', name);
    if (text !== undefined) e.text(text);
    return e;
  },

  svg(parent, width, height, label) {
    return d3.select(parent).append('svg').attr('viewBox', `0 0 ${width} ${height}`)
        .attr('role', 'img').attr('aria-label', label);
  },

  // A choice among several, with its label; `changed` gets the number of the one chosen.
  choose(parent, label, options, changed) {
    const box = R.make(parent, 'label', null, label);
    const select = box.append('select');
    options.forEach((option, i) => select.append('option').attr('value', i).text(option));
    select.on('change', () => changed(Number(select.property('value'))));
    return select;
  },

  // Small charts of one kind: the first ones, and the others when they are asked for.
  multiples(parent, items, draw, most) {
    const grid = R.make(parent, 'div', 'multiples').node();
    const add = list => list.forEach(item => draw(R.make(grid, 'div').node(), item));
    add(items.slice(0, most));
    if (items.length > most) {
      const button = R.make(parent, 'button', 'more', `Show all ${items.length}`);
      button.attr('type', 'button').on('click', () => {
        add(items.slice(most));
        button.remove();
      });
    }
    return grid;
  },

  // Ticks for about `n` dates between two, with the years where they change.
  timeAxis(g, x, y, width) {
    const [from, to] = x.domain();
    const months = (to - from) / 864e5 / 30.4;
    const room = (x(to) - x(from)) / 62;
    const step = [1, 2, 3, 6, 12, 24, 60, 120].find(s => months / s <= room) || 240;
    const ticks = months < 2.5 ? x.ticks(Math.max(2, Math.floor(room)))
        : step < 12 ? d3.utcMonth.every(step).range(d3.utcMonth.ceil(from), to)
        : d3.utcYear.every(step / 12).range(d3.utcYear.ceil(from), to);
    const years = step >= 12 && months >= 2.5;
    const name = months < 2.5 ? d3.utcFormat('%-d %b') : years ? d3.utcFormat('%Y') : R.month;
    let last = -Infinity;
    ticks.filter(t => {
      const room = x(t) - last >= 50;
      if (room) last = x(t);
      return room;
    }).forEach(t => {
      g.append('line').attr('class', 'base').attr('x1', x(t)).attr('x2', x(t))
          .attr('y1', y).attr('y2', y + 4);
      g.append('text').attr('x', x(t)).attr('y', y + 16)
          .attr('text-anchor', x(t) - x(from) < 22 ? 'start' : x(to) - x(t) < 14 ? 'end' : 'middle')
          .text(name(t));
    });
  },

  yAxis(g, y, left, right, name, n) {
    y.ticks(n || 3).forEach(t => {
      g.append('line').attr('class', t === 0 ? 'base' : 'gridline').attr('x1', left)
          .attr('x2', right).attr('y1', y(t)).attr('y2', y(t));
      g.append('text').attr('x', left - 5).attr('y', y(t)).attr('dy', '0.32em')
          .attr('text-anchor', 'end').text(name(t));
    });
  },

  isShare: outcome => outcome.share || outcome.kind === 'proportion',
  shown(outcome, x) {
    return R.isShare(outcome) ? R.percent(x) + ' %' : R.number(x);
  },

  // A key that says with a mark, a line and a name who is who; none where there is one policy.
  policyKey(parent, arms) {
    if (R.data.arms.length < 2) return;
    const key = R.make(parent, 'ul', 'key');
    arms.forEach((a, i) => {
      const li = key.append('li').attr('class', 's' + i % 8);
      const svg = li.append('svg').attr('viewBox', '0 0 16 16').attr('aria-hidden', 'true');
      svg.append('line').attr('class', 'middle dash' + i % 4).attr('x1', 0).attr('x2', 16)
          .attr('y1', 8).attr('y2', 8);
      li.append('span').attr('class', 'mark').text(R.data.arms[a] || 'baseline');
    });
  },
};
