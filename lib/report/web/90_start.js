// Draws every figure there is a chart for. What stands behind it stays; a chart that cannot be drawn
// leaves its table open.
(() => {
  const begun = performance.now();
  document.querySelectorAll('figure[data-chart]').forEach(figure => {
    const box = figure.querySelector('.draw'), table = figure.querySelector('details.behind');
    try {
      R.charts[figure.dataset.chart](box, R.data);
      if (!box.firstChild) figure.hidden = true;
    } catch (error) {
      if (table) table.open = true;
      console.error(error);
    }
  });
  document.documentElement.dataset.drawn = Math.round(performance.now() - begun);
})();
