// Dots with intervals on one scale, a row each. Places are in per cent, so that rows fit any width.
R.tracks = (parent, rows, options) => {
  const scale = options.scale;
  const at = v => 100 * Math.max(0, Math.min(1, scale(v)));
  const box = R.make(parent, 'div', 'tracks');
  const head = box.append('div').attr('class', 'track head').attr('aria-hidden', 'true');
  head.append('span').text(options.unit || '');
  const axis = head.append('span').attr('class', 'lane');
  const ticks = scale.ticks(4);
  ticks.forEach(t => axis.append('i').attr('class', 'tick' + (at(t) > 96 ? ' last' : ''))
      .style('left', at(t) + '%').text(options.name(t)));
  rows.forEach(row => {
    const several = row.marks.length > 1;
    const line = box.append(row.open ? 'button' : 'div').attr('class', 'track');
    if (row.open) line.attr('type', 'button').attr('aria-expanded', 'false');
    line.append('span').attr('class', 'label').text(row.label);
    const lane = line.append('span').attr('class', 'lane')
        .style('height', several ? row.marks.length * 0.95 + 0.3 + 'rem' : null);
    ticks.forEach(t => lane.append('i').attr('class', t === 0 && options.zero ? 'grid zero' : 'grid')
        .style('left', at(t) + '%'));
    row.marks.forEach((m, i) => {
      const top = several ? (i + 0.6) * 0.95 + 'rem' : '50%';
      const put = (name, from, to) => {
        if (from === null || to === null) return;
        lane.append('i').attr('class', `${name} s${m.color % 8}`).style('top', top)
            .style('left', at(from) + '%').style('width', Math.max(0, at(to) - at(from)) + '%');
      };
      if (m.spread) put('spread', m.spread[0], m.spread[1]);
      put('bar', m.low, m.high);
      if (m.value === null) return;
      lane.append('i').style('top', top).style('left', at(m.value) + '%')
          .attr('class', `dot s${m.color % 8} m${m.color % 5}${m.hollow ? ' hollow' : ''}`);
    });
    line.append('span').attr('class', 'value').text(row.value);
    if (!row.open) return;
    const below = box.append('div').attr('class', 'spread-of').property('hidden', true);
    line.on('click', () => {
      const open = below.property('hidden');
      if (open && !below.node().firstChild) row.open(below.node());
      below.property('hidden', !open);
      line.attr('aria-expanded', String(open));
    });
  });
};

// Groups of rows that one scale can bear: the same unit, and sizes not too far apart.
R.groups = (rows, key, size) => {
  const groups = [];
  rows.forEach(row => {
    const k = key(row), s = Math.max(size(row), 1e-12);
    const fits = groups.find(g => g.key === k && s <= 12 * g.low && g.high <= 12 * s);
    if (fits) {
      fits.rows.push(row);
      fits.low = Math.min(fits.low, s);
      fits.high = Math.max(fits.high, s);
    } else {
      groups.push({key: k, rows: [row], low: s, high: s});
    }
  });
  return groups;
};
