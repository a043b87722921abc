// The spread of one outcome over the runs.
R.histogram = (parent, outcome, arms) => {
  const width = 640, height = 170, left = 46, bottom = 34, right = 12;
  const sets = arms.map(a => outcome.arms[a].bins).filter(b => b);
  if (!sets.length) return;
  const b = sets[0], n = b.counts.length;
  const x = d3.scaleLinear().domain([b.from, b.from + n * b.width]).range([left, width - right]);
  const most = d3.max(sets, s => d3.max(s.counts));
  const y = d3.scaleLinear().domain([0, most]).nice(3).range([height - bottom, 8]);
  const svg = R.svg(parent, width, height, `${outcome.title}: how the runs are spread`);
  R.yAxis(svg, y, left, width - right, R.short);
  const step = (width - left - right) / n;
  arms.forEach((a, i) => {
    const bins = outcome.arms[a].bins;
    if (!bins) return;
    const g = svg.append('g').attr('class', 's' + i % 8);
    if (i === 0) {
      bins.counts.forEach((c, k) => g.append('rect').attr('class', 'bin').attr('x', left + k * step + 0.5)
          .attr('width', Math.max(0.5, step - 1)).attr('y', y(c)).attr('height', y(0) - y(c)));
      return;
    }
    const line = d3.line().x((c, k) => left + k * step).y(c => y(c)).curve(d3.curveStepAfter);
    g.append('path').attr('class', 'middle dash' + i % 4).attr('d', line(bins.counts.concat([0])));
  });
  const name = v => R.isShare(outcome) ? R.percent(v) + ' %' : R.short(v);
  x.ticks(6).forEach(t => svg.append('text').attr('x', x(t)).attr('y', height - bottom + 15)
      .attr('text-anchor', 'middle').text(name(t)));
  svg.append('text').attr('x', left).attr('y', height - 4)
      .text(`runs (upright) by ${R.isShare(outcome) ? 'per cent' : outcome.unit || 'value'}`);
};

R.charts.dots = (box, data) => {
  const many = data.arms.length > 5;
  const draw = arms => {
    const rows = data.outcomes.map((o, i) => ({o, i}));
    R.policyKey(area, arms);
    const values = o => arms.map(a => o.arms[a]);
    const top = o => d3.max(values(o), s =>
      o.kind === 'duration' ? s.horizon || s.e[2] : d3.max([s.e[0], s.e[2], s.q[2]])) || 0;
    const key = ({o}) => o.kind === 'proportion' || o.share ? '%' : o.kind + '|' + o.unit;
    const groups = R.groups(rows, key, ({o}) => R.isShare(o) ? 1 : Math.abs(top(o)));
    groups.forEach(group => {
      const shares = group.key === '%';
      // Where no run is below nought, nothing of the axis is, whatever an interval says.
      const low = Math.min(0, d3.min(group.rows, ({o}) => d3.min(values(o), s => s.min < 0 ? s.min : 0)) || 0);
      const high = shares ? 1 : d3.max(group.rows, ({o}) => top(o)) || 1;
      const scale = d3.scaleLinear().domain([low, high]).range([0, 1]);
      if (!shares) scale.nice(4);
      const unit = shares ? 'per cent' : group.rows[0].o.kind === 'duration'
          ? 'days until half of the runs have it' : group.rows[0].o.unit || 'number';
      R.tracks(area, group.rows.map(({o}) => {
        const spread = o.kind === 'mean' && o.arms[0].n > 20;
        const first = o.arms[arms[0]];
        const unreached = o.kind === 'duration' && first.e[0] === null && first.n > 0;
        return {
          label: o.title,
          value: unreached ? `> ${R.number(first.horizon)}` : R.shown(o, first.e[0]),
          marks: arms.map((a, k) => {
            const s = o.arms[a];
            const missing = o.kind === 'duration' && s.e[0] === null;
            return {color: k, value: s.e[0], low: s.e[1],
              high: s.e[2] === null && (missing || o.kind === 'duration') ? s.horizon : s.e[2],
              spread: spread ? [s.q[0], s.q[2]] : null};
          }),
          open: o.arms.some(s => s.bins) ? parent => R.histogram(parent, o, arms) : null,
        };
      }), {scale, unit, name: shares ? v => R.percent(v) + ' %' : R.short});
    });
  };
  const choices = R.make(box, 'div', 'choices').node();
  const area = R.make(box, 'div').node();
  const redraw = arms => {
    d3.select(area).selectAll('*').remove();
    draw(arms);
  };
  if (many) {
    R.choose(choices, 'Policy beside the baseline', data.arms.slice(1), i => redraw([0, i + 1]));
    redraw([0, 1]);
  } else {
    redraw(d3.range(data.arms.length));
  }
};

R.charts.differences = (box, data) => {
  const draw = arms => {
    R.policyKey(area, [0].concat(arms).slice(1));
    const rows = data.outcomes.map((o, i) => ({o, i}));
    const of = (i, a) => data.differences[a - 1][i];
    const points = ({o, i}) => of(i, arms[0]).worlds || o.share;
    const size = ({i}) => d3.max(arms, a => d3.max(of(i, a).e, v => Math.abs(v || 0))) || 0;
    const moved = rows.filter(r => size(r) > 0);
    const still = rows.length - moved.length;
    R.groups(moved, r => points(r) ? '%' : r.o.unit, r => points(r) ? 1 : size(r)).forEach(group => {
      const shares = group.key === '%';
      const reach = d3.max(group.rows, size) || 1;
      const scale = d3.scaleLinear().domain([-reach, reach]).range([0, 1]).nice(4);
      const sign = v => {
        const text = (shares ? R.percent(v) : R.short(v)).replace(/^−?0\.0$/, '0');
        return (v > 0 && text !== '0' ? '+' : '') + text;
      };
      R.tracks(area, group.rows.map(r => ({
        label: r.o.title,
        value: sign(of(r.i, arms[0]).e[0]),
        marks: arms.map((a, k) => {
          const d = of(r.i, a);
          return {color: arms.length > 1 ? k : 0, value: d.e[0], low: d.e[1], high: d.e[2],
            hollow: !d.certain};
        }),
      })), {scale, zero: true, name: sign,
        unit: shares ? 'per hundred, or percentage points' : group.key || 'number'});
    });
    if (still) R.make(area, 'p', 'note', `${still} of ${rows.length} outcomes are the same in every pair.`);
  };
  const choices = R.make(box, 'div', 'choices').node();
  const area = R.make(box, 'div').node();
  const redraw = arms => {
    d3.select(area).selectAll('*').remove();
    draw(arms);
  };
  const others = d3.range(1, data.arms.length);
  if (others.length > 4) {
    R.choose(choices, 'Policy', data.arms.slice(1), i => redraw([i + 1]));
    redraw([1]);
  } else {
    redraw(others);
  }
};
