// Regions by what they have, month by month. Places are drawn flat: longitude shortened by the
// cosine of the middle latitude does for a part of the world.
R.charts.map = (box, data) => {
  const m = data.map, dates = m.dates.map(R.day);
  let arm = 0, variable = 0, level = 1, date = dates.length - 1, change = false;
  const choices = R.make(box, 'div', 'choices').node();
  const value = (a, v, l, t, i) => {
    const x = m.values[a][v][l][i];
    return Array.isArray(x) ? x[t] : x;
  };
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

  const bare = m.places.filter(p => !p.rings).length;
  // Where everything is: in the frame of the map, if it has one, and else wherever places are.
  const points = m.frame ? [[m.frame[0], m.frame[1]], [m.frame[2], m.frame[3]]] : [];
  if (!m.frame && bare === m.places.length) {
    // Of circles alone, a few far away would press the others into a corner.
    [0.08, 0.92].forEach(q => points.push([0, 1].map(k =>
      d3.quantile(m.places.map(p => p.at[k]).sort(d3.ascending), q))));
  } else if (!m.frame) m.places.forEach(p => {
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
  const crowded = m.places.length > 150;
  // On a phone fewer figures, and of a size that can be read.
  const small = box.clientWidth > 0 && box.clientWidth < 0.6 * width;
  svg.classed('small', small);
  const least = small ? [95, 50] : [52, 30];
  const spots = m.places.map(p => put(...p.at));
  if (bare === m.places.length) R.apart(spots, crowded ? 5.5 : 15, width, height);
  m.places.forEach((p, i) => p.next.forEach(n => {
    if (p.rings && m.places[n].rings) return;
    const [x1, y1] = spots[i], [x2, y2] = spots[n];
    svg.append('line').attr('class', 'borderline').attr('x1', x1).attr('y1', y1).attr('x2', x2).attr('y2', y2);
  }));
  const marks = m.places.map((p, i) => {
    if (!p.rings) {
      const [x, y] = spots[i];
      return svg.append('circle').attr('class', 'place').attr('cx', x).attr('cy', y)
          .attr('r', crowded ? 5 : bare < m.places.length ? 9 : 14);
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
  R.frontiers(svg, m.places, put);
  const figures = m.places.map((p, i) => {
    const b = marks[i].node().getBBox();
    const [x, y] = spots[i];
    const seen = x > 16 && x < width - 16 && y > 8 && y < height - 8;
    const room = seen && (p.rings ? b.width > least[0] && b.height > least[1] : !crowded && bare === m.places.length);
    return room ? svg.append('text').attr('class', 'figure').attr('x', x).attr('y', y)
        .attr('dy', '0.35em').attr('aria-hidden', 'true') : null;
  });
  const readout = R.make(box, 'p', 'readout').attr('aria-live', 'polite');
  const tell = i => readout.text(`${m.places[i].title} (${m.places[i].owner}), ${words(i)}`);
  marks.forEach((mark, i) => mark.attr('tabindex', 0).attr('role', 'img')
      .on('focus', () => tell(i)).on('mouseenter', () => tell(i)));

  let classes = [], paint_class = v => 0, name = R.short;
  const shown = (l, t, i) => {
    if (change && m.changes) {
      const x = m.changes[arm - 1][variable][l][i];
      return Array.isArray(x) ? x[t] : x;
    }
    const v = value(arm, variable, l, t, i);
    if (!change) return v;
    const b = value(0, variable, l, t, i);
    return v === null || b === null ? null : v - b;
  };
  const words = i => {
    const v = m.variables[variable];
    const now = `${v.title}: ${name(shown(level, date, i))}${v.unit ? ' ' + v.unit : ''}`;
    if (change) {
      return now + ' more or less than in the baseline' + (m.changes
          ? `, nine worlds of ten between ${name(shown(0, date, i))} and ${name(shown(2, date, i))}` : '') +
          `, ${R.date(dates[date])}`;
    }
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
          .attr('aria-label', `${p.title}, ${words(i)}`);
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

// Where a state ends: lines of outlines that no two regions of the same owner share.
R.frontiers = (svg, places, put) => {
  const owners = new Set(places.filter(p => p.rings).map(p => p.owner));
  if (owners.size < 2) return;
  const lines = new Map();
  places.forEach(p => (p.rings || []).forEach(r => {
    for (let i = 0; i + 3 < r.length; i += 2) {
      const a = `${r[i]},${r[i + 1]}`, b = `${r[i + 2]},${r[i + 3]}`;
      const key = p.owner + '|' + (a < b ? a + '|' + b : b + '|' + a);
      if (lines.has(key)) lines.set(key, null);
      else lines.set(key, [put(r[i], r[i + 1]), put(r[i + 2], r[i + 3])]);
    }
  }));
  let path = '', end = '';
  lines.forEach(line => {
    if (!line) return;
    const [from, to] = line.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`);
    path += from === end ? `L${to}` : `M${from}L${to}`;
    end = to;
  });
  svg.append('path').attr('class', 'frontier').attr('d', path).attr('aria-hidden', 'true');
};

// Circles that lie upon each other go apart, and those beyond the edge stand at it: where they are
// matters less than that each can be seen.
R.apart = (spots, radius, width, height) => {
  const inside = (v, most) => Math.max(radius + 2, Math.min(most - radius - 2, v));
  for (let round = spots.length > 150 ? 120 : 0; round < 150; ++round) {
    let moved = false;
    spots.forEach((a, i) => spots.forEach((b, k) => {
      if (k <= i) return;
      let dx = b[0] - a[0], dy = b[1] - a[1];
      if (Math.abs(dx) >= 2 * radius || Math.abs(dy) >= 2 * radius) return;
      if (dx === 0 && dy === 0) dx = 1e-3 * (i + 1);
      const far = Math.hypot(dx, dy), push = 0.5 * (2 * radius - far);
      if (push < 0.25) return;
      moved = true;
      a[0] -= push * dx / far;
      a[1] -= push * dy / far;
      b[0] += push * dx / far;
      b[1] += push * dy / far;
    }));
    spots.forEach(p => {
      p[0] = inside(p[0], width);
      p[1] = inside(p[1], height);
    });
    if (!moved) break;
  }
};
