// Regions by what they have, month by month. Places are drawn flat: longitude shortened by the
// cosine of the middle latitude does for a part of the world.
R.charts.map = (box, data) => {
  const m = data.map, dates = m.dates.map(R.day);
  let arm = 0, variable = 0, level = 1, date = dates.length - 1, change = false;
  const choices = R.make(box, 'div', 'choices').node();
  const value = (a, v, l, t, i) => m.values[a][v][l][t][i];
  R.choose(choices, 'What', m.variables.map(v => v.title), i => {
    variable = i;
    draw();
  });
  if (m.arms > 1) {
    const views = data.arms.slice(0, m.arms).map((name, i) => ({arm: i, change: false, name: name || 'baseline'}));
    views.slice(1).forEach(v => views.push({arm: v.arm, change: true, name: `${v.name}, less the baseline`}));
    R.choose(choices, 'Policy', views.map(v => v.name), i => {
      arm = views[i].arm;
      change = views[i].change;
      draw();
    });
  }
  const levels = R.choose(choices, 'Which runs', ['low (5 % of runs are below)', 'median',
    'high (5 % of runs are above)'], i => {
    level = i;
    draw();
  });
  levels.property('value', 1);
  const when = R.make(choices, 'label');
  const said = when.append('output');
  const slider = when.append('input').attr('type', 'range').attr('min', 0).attr('max', dates.length - 1)
      .attr('step', 1).attr('aria-label', 'Date').property('value', date);
  slider.on('input', () => {
    date = Number(slider.property('value'));
    paint();
  });
  const key = R.make(box, 'ul', 'key').node();

  // Where everything is.
  const points = [];
  m.places.forEach(p => {
    points.push(p.at);
    (p.rings || []).forEach(r => {
      for (let i = 0; i < r.length; i += 2) points.push([r[i], r[i + 1]]);
    });
  });
  const [west, east] = d3.extent(points, p => p[0]), [south, north] = d3.extent(points, p => p[1]);
  const squeeze = Math.cos((south + north) / 2 * Math.PI / 180);
  const width = 900, margin = 24;
  const scale = Math.min((width - 2 * margin) / ((east - west) * squeeze || 1),
      (640 - 2 * margin) / (north - south || 1));
  const height = (north - south) * scale + 2 * margin;
  const indent = (width - (east - west) * squeeze * scale) / 2;
  const put = (lon, lat) => [indent + (lon - west) * squeeze * scale, margin + (north - lat) * scale];
  const svg = R.svg(box, width, height, 'Map').attr('role', 'group');
  m.places.forEach(p => p.next.forEach(n => {
    if (p.rings && m.places[n].rings) return;
    const [x1, y1] = put(...p.at), [x2, y2] = put(...m.places[n].at);
    svg.append('line').attr('class', 'borderline').attr('x1', x1).attr('y1', y1).attr('x2', x2).attr('y2', y2);
  }));
  const crowded = m.places.length > 150;
  const marks = m.places.map(p => {
    if (!p.rings) {
      const [x, y] = put(...p.at);
      return svg.append('circle').attr('class', 'place').attr('cx', x).attr('cy', y)
          .attr('r', crowded ? 5 : m.places.some(q => q.rings) ? 9 : 14);
    }
    let path = '';
    p.rings.forEach(r => {
      for (let i = 0; i < r.length; i += 2) {
        const [x, y] = put(r[i], r[i + 1]);
        path += `${i ? 'L' : 'M'}${x.toFixed(1)},${y.toFixed(1)}`;
      }
      path += 'Z';
    });
    return svg.append('path').attr('class', 'ground').attr('fill-rule', 'evenodd').attr('d', path);
  });
  const figures = m.places.map((p, i) => {
    const b = marks[i].node().getBBox();
    const room = p.rings ? b.width > 52 && b.height > 30 : !crowded && !m.places.some(q => q.rings);
    const [x, y] = put(...p.at);
    return room ? svg.append('text').attr('class', 'figure').attr('x', x).attr('y', y)
        .attr('dy', '0.35em').attr('aria-hidden', 'true') : null;
  });
  const readout = R.make(box, 'p', 'readout').attr('aria-live', 'polite');
  const tell = i => readout.text(`${m.places[i].title} (${m.places[i].owner}): ${words(i)}`);
  marks.forEach((mark, i) => mark.attr('tabindex', 0).attr('role', 'img')
      .on('focus', () => tell(i)).on('mouseenter', () => tell(i)));

  let classes = [], paint_class = v => 0, name = R.short;
  const shown = (l, t, i) => {
    const v = value(arm, variable, l, t, i);
    if (!change) return v;
    const b = value(0, variable, l, t, i);
    return v === null || b === null ? null : v - b;
  };
  const words = i => {
    const v = m.variables[variable];
    const now = name(shown(level, date, i)) + (v.unit ? ' ' + v.unit : '') + ' ' + v.title;
    if (change) return `${now} more or less than in the baseline, ${R.date(dates[date])}`;
    return `${now}, nine runs of ten between ${name(value(arm, variable, 0, date, i))} and ` +
        `${name(value(arm, variable, 2, date, i))}, ${R.date(dates[date])}`;
  };
  // Classes that hold for all dates, so that months can be compared.
  const classify = () => {
    const v = m.variables[variable];
    const share = v.name === 'control';
    const all = [];
    dates.forEach((d, t) => m.places.forEach((p, i) => {
      const x = shown(change ? 1 : level, t, i);
      if (x !== null) all.push(x);
    }));
    const large = (d3.max(all.map(Math.abs)) || 0) > 30;
    name = share ? x => x === null ? '–' : R.percent(x) + (change ? ' pts' : ' %')
        : x => R.short(large && x !== null ? Math.round(x) : x);
    const sign = x => (x > 0 ? '+' : '') + name(x);
    if (change) {
      const reach = d3.quantile(all.map(Math.abs).sort(d3.ascending), 0.98) || 1;
      const cuts = [-0.6, -0.3, -0.05, 0.05, 0.3, 0.6].map(c => Number((c * reach).toPrecision(2)));
      paint_class = x => 'd' + d3.bisectRight(cuts, x);
      classes = d3.range(7).map(k => ({name: 'd' + k, text: k === 0 ? `under ${sign(cuts[0])}`
          : k === 6 ? `over ${sign(cuts[5])}` : `${sign(cuts[k - 1])} to ${sign(cuts[k])}`}));
      return;
    }
    let cuts = [0.2, 0.4, 0.6, 0.8, 0.95];
    if (!share) {
      const some = all.filter(x => x > 0).sort(d3.ascending);
      cuts = [0.15, 0.4, 0.65, 0.85, 0.95].map(q => Number((d3.quantile(some, q) || 0).toPrecision(1)))
          .filter((c, i, list) => c > 0 && list.indexOf(c) === i);
    }
    const spread = k => Math.round(k * 5 / Math.max(1, cuts.length));
    paint_class = x => 'k' + spread(d3.bisectRight(cuts, x));
    classes = d3.range(cuts.length + 1).map(k => ({name: 'k' + spread(k), text: !cuts.length ? '0'
        : k === 0 ? `under ${name(cuts[0])}`
        : k === cuts.length ? `${name(cuts[k - 1])} and more` : `${name(cuts[k - 1])} to ${name(cuts[k])}`}));
  };
  const paint = () => {
    said.text(R.date(dates[date]));
    slider.attr('aria-valuetext', R.date(dates[date]));
    m.places.forEach((p, i) => {
      const x = shown(level, date, i);
      const cls = x === null ? 'none' : paint_class(x);
      marks[i].attr('class', `${p.rings ? 'ground' : 'place'} ${cls}`)
          .attr('aria-label', `${p.title}: ${words(i)}`);
      if (figures[i]) {
        figures[i].text(x === null ? '' : name(x))
            .attr('class', 'figure' + (/^k[45]$/.test(cls) ? ' high' : /^d[06]$/.test(cls) ? ' high' : ''));
      }
    });
  };
  const draw = () => {
    classify();
    d3.select(key).selectAll('*').remove();
    classes.forEach(c => {
      const li = d3.select(key).append('li');
      li.append('svg').attr('viewBox', '0 0 16 16').attr('aria-hidden', 'true').append('rect')
          .attr('class', c.name).attr('x', 1).attr('y', 1).attr('width', 14).attr('height', 14);
      li.append('span').text(c.text);
    });
    paint();
  };
  draw();
};
