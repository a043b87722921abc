// Runs told: time goes right, each line is an actor, arcs lead from causes to what they caused.
R.charts.lanes = (box, data) => {
  R.lane_key(box);
  data.logs.forEach(run => R.lanes(box, data, run));
};

R.kinds = {
  force: ['invasion', 'intervention', 'war begins', 'joins war', 'occupation', 'strike', 'blockade',
    'mobilisation', 'region lost', 'region regained', 'war resumes', 'deployment', 'split', 'merge'],
  word: ['honour', 'breach', 'conflict of obligation', 'exit notice', 'exit', 'accession',
    'suspension', 'reinstatement', 'intervention vote'],
};
R.lanes = (box, data, run) => {
  const most = 10;
  const lanes = run.lanes.slice(0, most);
  const others = run.lanes.length > most;
  if (others) lanes.push('others');
  // As wide as there is room: drawn smaller, names could not be read on a phone.
  const width = Math.max(300, Math.min(900, Math.round(box.clientWidth) || 900));
  const rise = 40, top = 8, left = 4, right = 12;
  const height = top + lanes.length * rise + 26;
  R.make(box, 'h4', null, run.title);
  if (!run.events.length) {
    R.make(box, 'p', 'note', 'Nothing in it is worth telling: no act between states, no promise.');
    return;
  }
  // As long as something is told of: a crisis of weeks is not to vanish at the edge of a year.
  const start = R.day(data.start), last = d3.max(run.events, e => R.day(e.date));
  const end = Math.min(R.day(data.end), Math.max(+last + (last - start) * 0.12, +start + 6048e5));
  const x = d3.scaleUtc().domain([start, new Date(end)]).range([left + 8, width - right]);
  const svg = R.svg(box, width, height, run.title).attr('role', 'group');
  const y = lane => top + Math.min(lane, lanes.length - 1) * rise + 28;
  lanes.forEach((name, i) => {
    svg.append('line').attr('class', 'gridline').attr('x1', left).attr('x2', width - right)
        .attr('y1', y(i)).attr('y2', y(i));
    svg.append('text').attr('class', 'strong').attr('x', left).attr('y', y(i) - 14).text(name);
  });
  R.timeAxis(svg, x, height - 22, width);
  const at = run.events.map(e => [x(R.day(e.date)), y(e.lane)]);
  const arcs = [];
  run.events.forEach((e, to) => e.causes.forEach(from => {
    const [x1, y1] = at[from], [x2, y2] = at[to];
    const bend = y1 === y2 ? -Math.min(26, 8 + Math.abs(x2 - x1) / 6) : 0;
    const mid = (x1 + x2) / 2;
    arcs.push({from, to, path: svg.append('path').attr('class', 'cause')
        .attr('d', `M${x1},${y1}C${mid},${y1 + bend} ${mid},${y2 + bend} ${x2},${y2}`)});
  }));
  const kind = e => R.kinds.word.includes(e.kind) ? 1 : R.kinds.force.includes(e.kind) ? 0 : 2;
  const readout = R.make(box, 'p', 'readout').attr('aria-live', 'polite');
  const say = (e, i) => {
    const parts = [`${R.date(R.day(e.date))}: ${run.lanes[e.lane]}, ${e.kind}`];
    if (e.whom && e.whom !== run.lanes[e.lane]) parts.push(e.whom);
    if (e.where) parts.push('in ' + e.where);
    if (e.pact) parts.push(`under ${e.pact}${e.article ? ', article ' + e.article : ''}`);
    if (e.reason) parts.push(`(${e.reason})`);
    if (e.deaths) parts.push(`${R.number(e.deaths)} deaths`);
    let text = parts.join(', ');
    if (e.causes.length) {
      text += '. Because of: ' + e.causes.map(c => `${run.lanes[run.events[c].lane]}, ` +
          `${run.events[c].kind} (${R.date(R.day(run.events[c].date))})`).join('; ');
    }
    return text + '.';
  };
  const marks = run.events.map((e, i) => svg.append('path').attr('class', `event s${kind(e)}`)
      .attr('d', d3.symbol().type(R.shapes[kind(e)]).size(64)()).attr('tabindex', 0).attr('role', 'img')
      .attr('transform', `translate(${at[i][0]},${at[i][1]})`).attr('aria-label', say(e, i)));
  const chain = i => {
    const seen = new Set([i]), open = [i];
    while (open.length) run.events[open.pop()].causes.forEach(c => {
      if (!seen.has(c)) {
        seen.add(c);
        open.push(c);
      }
    });
    return seen;
  };
  const light = i => {
    const seen = chain(i);
    marks.forEach((mark, k) => mark.classed('dim', !seen.has(k)));
    arcs.forEach(a => a.path.classed('lit', seen.has(a.from) && seen.has(a.to)));
    readout.text(say(run.events[i], i));
  };
  const rest = () => {
    marks.forEach(mark => mark.classed('dim', false));
    arcs.forEach(a => a.path.classed('lit', false));
  };
  marks.forEach((mark, i) => mark.on('focus', () => light(i)).on('mouseenter', () => light(i))
      .on('blur', rest).on('mouseleave', rest));
};
R.shapes = [d3.symbolSquare, d3.symbolCircle, d3.symbolTriangle];
R.lane_key = box => {
  const key = R.make(box, 'ul', 'key');
  ['force', 'promises and pacts', 'politics'].forEach((name, i) => {
    const li = key.append('li').attr('class', 's' + i);
    li.append('svg').attr('viewBox', '-8 -8 16 16').attr('aria-hidden', 'true').append('path')
        .attr('class', 'event').attr('d', d3.symbol().type(R.shapes[i]).size(64)());
    li.append('span').text(name);
  });
};
