// Fans, one for each place: the median, half of the runs, nine of ten.
R.charts.fans = (box, data) => {
  const f = data.fans, dates = f.dates.map(R.day);
  const arms = d3.range(Math.min(data.arms.length, 8));
  let variable = 0, beside = arms.length > 4 ? [0, 1] : arms;
  const choices = R.make(box, 'div', 'choices').node();
  const area = R.make(box, 'div').node();
  const draw = () => {
    d3.select(area).selectAll('*').remove();
    R.policyKey(area, beside);
    const v = f.variables[variable];
    const places = f.entities.map((name, i) => ({name, sets: f.values[variable][i]}))
        .filter(p => p.sets[0].length);
    R.multiples(area, places, (parent, p) => R.fan(parent, p.name, v, dates, beside, p.sets), 9);
  };
  if (f.variables.length > 1) {
    R.choose(choices, 'What', f.variables.map(v => v.title), i => {
      variable = i;
      draw();
    });
  }
  if (arms.length > 4) {
    R.choose(choices, 'Policy beside the baseline', data.arms.slice(1, 8), i => {
      beside = [0, i + 1];
      draw();
    });
  }
  draw();
};

R.fan = (parent, name, variable, dates, arms, sets) => {
  const width = 300, height = 176, left = 44, right = 46, top = 10, bottom = 24;
  R.make(parent, 'h4', null, name);
  const present = arms.filter(a => sets[a].length);
  const top_value = d3.max(present, a => d3.max(sets[a][a === arms[0] ? 4 : 2])) || 0;
  const low_value = Math.min(0, d3.min(present, a => d3.min(sets[a][0])) || 0);
  const share = variable.unit === '' && top_value <= 1 && variable.name === 'control';
  const x = d3.scaleUtc().domain([dates[0], dates[dates.length - 1]]).range([left, width - right]);
  const y = d3.scaleLinear().domain([low_value, share ? 1 : top_value || 1])
      .range([height - bottom, top]);
  if (!share) y.nice(3);
  const say = v => share ? R.percent(v) + ' %' : R.short(v);
  const last = set => set[2][set[2].length - 1];
  const svg = R.svg(parent, width, height, `${name}, ${variable.title} ${variable.unit}: ` +
      present.map(a => `${data_name(a)}median ${say(last(sets[a]))} at the end, nine of ten between ` +
      `${say(sets[a][0][sets[a][0].length - 1])} and ${say(sets[a][4][sets[a][4].length - 1])}`).join('; '));
  R.yAxis(svg, y, left, width - right, share ? v => R.percent(v) + ' %' : R.short);
  R.timeAxis(svg, x, height - bottom, width);
  const area = d3.area().defined(i => i !== null).x((d, i) => x(dates[i]));
  present.forEach((a, k) => {
    const s = sets[a], g = svg.append('g').attr('class', 's' + arms.indexOf(a) % 8);
    const band = (lo, hi, cls) => g.append('path').attr('class', cls).attr('d',
        d3.area().defined((d, i) => s[lo][i] !== null).x((d, i) => x(dates[i]))
            .y0((d, i) => y(s[lo][i])).y1((d, i) => y(s[hi][i]))(s[2]));
    if (k === 0) {
      band(0, 4, 'band');
      if (present.length === 1) band(1, 3, 'band half');
    }
    g.append('path').attr('class', 'middle dash' + arms.indexOf(a) % 4).attr('d',
        d3.line().defined(d => d !== null).x((d, i) => x(dates[i])).y(d => y(d))(s[2]));
  });
  // Labels at the ends, apart.
  let before = -Infinity;
  present.slice().sort((a, b) => y(last(sets[a])) - y(last(sets[b]))).forEach(a => {
    const at = Math.max(y(last(sets[a])), before + 12);
    before = at;
    svg.append('text').attr('class', present.length > 1 ? `of s${arms.indexOf(a) % 8}` : 'strong')
        .attr('x', width - right + 5).attr('y', at).attr('dy', '0.32em').text(say(last(sets[a])));
  });
};
function data_name(arm) {
  return R.data.arms.length > 1 ? (R.data.arms[arm] || 'baseline') + ': ' : '';
}

// A curve of Kaplan and Meier: the share that has come (rising) or has not (falling).
R.curve = (parent, curve, arms, rising) => {
  const width = 300, height = 168, left = 44, right = 46, top = 10, bottom = 24;
  const outcome = R.data.outcomes[curve.outcome];
  R.make(parent, 'h4', null, outcome.title);
  // As long as any of its kind was watched, so that they can be compared.
  const alike = R.data.curves.filter(c => c.when === curve.when);
  const start = R.day(R.data.start), horizon = d3.max(alike, c => d3.max(arms, a => c.arms[a].horizon)) || 1;
  const x = d3.scaleUtc().domain([start, new Date(+start + horizon * 864e5)]).range([left, width - right]);
  const y = d3.scaleLinear().domain([0, 1]).range([height - bottom, top]);
  const value = s => s === null ? null : rising ? 1 - s : s;
  const end = a => {
    const s = curve.arms[a].steps;
    return s.length ? value(s[s.length - 1][1]) : rising ? 0 : 1;
  };
  const svg = R.svg(parent, width, height, `${outcome.title}: ` + arms.map(a =>
    `${data_name(a)}${R.percent(end(a))} per cent of runs at the end`).join('; '));
  R.yAxis(svg, y, left, width - right, v => R.percent(v) + ' %', 2);
  R.timeAxis(svg, x, height - bottom, width);
  let before = -Infinity;
  const labels = [];
  arms.forEach((a, k) => {
    const c = curve.arms[a];
    const points = [[0, 1, 1, 1]].concat(c.steps);
    points.push([rising ? horizon : c.horizon].concat(points[points.length - 1].slice(1)));
    const at = d => x(new Date(+start + d[0] * 864e5));
    const g = svg.append('g').attr('class', 's' + k % 8);
    if (k === 0) {
      g.append('path').attr('class', 'band').attr('d', d3.area().curve(d3.curveStepAfter)
          .defined(d => d[2] !== null && d[3] !== null).x(at)
          .y0(d => y(value(d[2]))).y1(d => y(value(d[3])))(points));
    }
    g.append('path').attr('class', 'middle dash' + k % 4).attr('d',
        d3.line().curve(d3.curveStepAfter).x(at).y(d => y(value(d[1])))(points));
    if (!rising && c.censored) {
      g.append('path').attr('class', 'middle').attr('d', `M${at([c.horizon])},${y(end(a)) - 5}v10`);
    }
    labels.push([y(end(a)), R.percent(end(a)) + ' %', arms.length > 1 ? 'of s' + k % 8 : 'strong']);
  });
  labels.sort((a, b) => a[0] - b[0]).forEach(([at, text, name]) => {
    before = Math.max(at, before + 12);
    svg.append('text').attr('class', name).attr('x', width - right + 5).attr('y', before)
        .attr('dy', '0.32em').text(text);
  });
};
R.curves = (when, rising) => (box, data) => {
  const arms = d3.range(Math.min(data.arms.length, 4));
  R.policyKey(box, arms);
  const curves = data.curves.filter(c => c.when === when);
  // What never comes in any run is said in the sentences.
  const some = curves.filter(c => c.arms.some(a => a.steps.length));
  R.multiples(box, some, (parent, c) => R.curve(parent, c, arms, rising), 9);
  if (some.length < curves.length) {
    R.make(box, 'p', 'note', 'In no run: ' + curves.filter(c => !some.includes(c))
        .map(c => data.outcomes[c.outcome].title).join('; ') + '.');
  }
};
R.charts.chances = R.curves(false, true);
R.charts.survival = R.curves(true, false);

// The estimate as runs came in.
R.charts.convergence = (box, data) => {
  const items = data.outcomes.filter(o => o.conv && o.conv.length > 2 && o.conv.some(c => c[1] !== null));
  R.multiples(box, items, (parent, o) => {
    const width = 300, height = 130, left = 48, right = 46, top = 8, bottom = 24;
    R.make(parent, 'h4', null, o.title);
    const rows = o.conv.filter(c => c[1] !== null);
    const x = d3.scaleLinear().domain([0, rows[rows.length - 1][0]]).range([left, width - right]);
    const tail = rows.slice(Math.floor(rows.length / 8));
    const y = d3.scaleLinear().domain([d3.min(tail, c => c[2] === null ? c[1] : c[2]),
      d3.max(tail, c => c[3] === null ? c[1] : c[3])]).range([height - bottom, top]).nice(3);
    const end = rows[rows.length - 1];
    const svg = R.svg(parent, width, height, `${o.title}: ${R.shown(o, end[1])} after ${end[0]} runs`);
    R.yAxis(svg, y, left, width - right, v => R.isShare(o) ? R.percent(v) + ' %' : R.short(v), 2);
    x.ticks(3).filter(t => t > 0).forEach(t => svg.append('text').attr('x', x(t))
        .attr('y', height - 6).attr('text-anchor', 'middle').text(R.number(t)));
    const g = svg.append('g').attr('class', 's0');
    const keep = v => Math.max(y.domain()[0], Math.min(y.domain()[1], v));
    g.append('path').attr('class', 'band').attr('d', d3.area().defined(c => c[2] !== null && c[3] !== null)
        .x(c => x(c[0])).y0(c => y(keep(c[2]))).y1(c => y(keep(c[3])))(rows));
    g.append('path').attr('class', 'middle').attr('d', d3.line().x(c => x(c[0])).y(c => y(keep(c[1])))(rows));
    svg.append('text').attr('class', 'strong').attr('x', width - right + 5).attr('y', y(keep(end[1])))
        .attr('dy', '0.32em').text(R.shown(o, end[1]));
  }, 6);
};

R.charts.influences = (box, data) => {
  const choices = R.make(box, 'div', 'choices').node();
  const area = R.make(box, 'div').node();
  const draw = o => {
    d3.select(area).selectAll('*').remove();
    const scale = d3.scaleLinear().domain([-1, 1]).range([0, 1]);
    R.tracks(area, data.influences[o].map(f => ({
      label: f.input, value: R.number(Number(f.e[0].toFixed(2))),
      marks: [{color: 0, value: f.e[0], low: f.e[1], high: f.e[2],
        hollow: f.e[1] <= 0 && f.e[2] >= 0}],
    })), {scale, zero: true, unit: 'rank correlation', name: R.number});
    const inert = data.influences[o].filter(f => f.e[1] <= 0 && f.e[2] >= 0).length;
    R.make(area, 'p', 'note', `Hollow: cannot be told from none (${inert} of ` +
        `${data.influences[o].length}).`);
  };
  R.choose(choices, 'Outcome', data.outcomes.map(o => o.title), draw);
  draw(0);
};
