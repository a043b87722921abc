// What pages of forecasts draw; each figure's own data stand under its id.
R.own = (box, data) => data.figures[box.closest('figure').id];

R.charts.marks = (box, data) => {
  const f = R.own(box, data);
  const known = f.marks.map(m => m.e).flat().filter(v => v !== null);
  const low = Math.min(f.zero ? 0 : d3.min(known), d3.min(known));
  const high = Math.max(f.zero ? 0 : d3.max(known), d3.max(known));
  const pad = 0.06 * (high - low || 1);
  const from = !f.zero && low >= 0 && low < 0.5 * high ? 0 : low - pad;
  const scale = d3.scaleLinear().domain([from, high + pad]).range([0, 1]).nice(4);
  const tick = scale.tickFormat(4);
  R.tracks(box, f.marks.map(m => ({
    label: m.label, value: m.shown.replace('-', '−'),
    marks: [{color: m.ours ? 0 : 1, value: m.e[0], low: m.e[1], high: m.e[2]}],
  })), {scale, unit: f.unit, zero: f.zero, name: t => tick(t).replace('-', '−')});
};

// How often it came of what was given such a probability. Most forecasts of rare things are small,
// so that the axes give them room.
R.charts.reliability = (box, data) => {
  const f = R.own(box, data);
  const width = 560, height = 470, left = 58, right = 20, top = 14, floor = 330, bars = 60;
  const rare = f.bins.filter(b => b[2] < 0.2).length * 2 > f.bins.length;
  const most = Math.min(1, 1.08 * d3.max(f.bins, b => Math.max(b[2], b[5])));
  const axis = rare ? d3.scaleSqrt : d3.scaleLinear;
  const x = axis().domain([0, most]).range([left, width - right]);
  const y = axis().domain([0, most]).range([floor, top]);
  const ticks = (rare ? [0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1] : [0, 0.2, 0.4, 0.6, 0.8, 1])
      .filter(t => t <= most);
  const svg = R.svg(box, width, height, f.title);
  svg.attr('class', 'square');
  const text = (tx, ty, anchor, words) => svg.append('text').attr('x', tx).attr('y', ty)
      .attr('text-anchor', anchor).text(words);
  ticks.forEach(t => {
    svg.append('line').attr('class', t ? 'gridline' : 'base').attr('x1', left).attr('x2', width - right)
        .attr('y1', y(t)).attr('y2', y(t));
    text(left - 7, y(t) + 4, 'end', R.percent(t) + ' %');
    text(x(t), floor + 16, 'middle', R.percent(t) + ' %');
  });
  text(left, top - 3, 'start', 'came in').attr('class', 'strong');
  text(width - right, floor + 32, 'end', 'forecast').attr('class', 'strong');
  svg.append('line').attr('class', 'middle dash2').attr('x1', x(0)).attr('y1', y(0))
      .attr('x2', x(most)).attr('y2', y(most));
  const count = d3.scaleLog().domain([1, d3.max(f.bins, b => b[6]) * 1.3]).range([0, bars]);
  const ground = height - 12;
  const g = svg.append('g').attr('class', 's0');
  let last = -99;
  f.bins.forEach(b => {
    const at = x(b[2]);
    g.append('line').attr('class', 'middle').attr('x1', at).attr('x2', at).attr('y1', y(b[4])).attr('y2', y(b[5]));
    g.append('circle').attr('cx', at).attr('cy', y(b[3])).attr('r', 5).attr('class', 'solid');
    const tall = Math.max(2, count(Math.max(1, b[6])));
    g.append('rect').attr('class', 'bin').attr('x', at - 5).attr('width', 10).attr('y', ground - tall)
        .attr('height', tall);
    if (at - last > 34) {
      text(at, ground - tall - 4, 'middle', R.short(b[6]));
      last = at;
    }
  });
  svg.append('line').attr('class', 'base').attr('x1', left).attr('x2', width - right).attr('y1', ground)
      .attr('y2', ground);
  text(left, ground - bars - 18, 'start', 'number of forecasts').attr('class', 'strong');
};

R.charts.transform = (box, data) => {
  const f = R.own(box, data);
  const width = 560, height = 220, left = 46, right = 14, top = 14, floor = 172;
  const x = d3.scaleLinear().domain([0, 1]).range([left, width - right]);
  const y = d3.scaleLinear().domain([0, Math.max(2, d3.max(f.bins, b => b[3]))]).nice(3).range([floor, top]);
  const svg = R.svg(box, width, height, f.title);
  svg.attr('class', 'square');
  R.yAxis(svg, y, left, width - right, R.short);
  const g = svg.append('g').attr('class', 's0');
  f.bins.forEach(b => g.append('rect').attr('class', 'bin').attr('x', x(b[0]) + 1)
      .attr('width', x(b[1]) - x(b[0]) - 2).attr('y', y(b[3])).attr('height', y(0) - y(b[3])));
  svg.append('line').attr('class', 'even dash1').attr('x1', left).attr('x2', width - right)
      .attr('y1', y(1)).attr('y2', y(1));
  [0, 0.25, 0.5, 0.75, 1].forEach(t => svg.append('text').attr('x', x(t)).attr('y', floor + 17)
      .attr('text-anchor', t === 1 ? 'end' : 'middle').text(R.percent(t) + ' %'));
  svg.append('text').attr('x', left).attr('y', height - 8)
      .text('where in its forecast lay what happened; dashed: where all bars would be');
};
