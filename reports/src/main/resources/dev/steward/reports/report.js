(function () {
  'use strict';

  // Hue, dash and point differ together, so that a curve is known without its colour. Contrast is at least 3:1 on its page.
  var COLOURS = {
    light: ['#0072b2', '#c44f00', '#117733', '#aa4499', '#86690a', '#007d87', '#332288', '#a3214a'],
    dark: ['#56b4e9', '#f28e2b', '#4dbf85', '#e48bc6', '#e6c94c', '#5ad1d6', '#a9a4f5', '#f58a9b']
  };
  var STAGES = {
    light: ['#c9ced6', '#c44f00', '#7fb2d9', '#1f6fab', '#8f3a00'],
    dark: ['#4a5461', '#f28e2b', '#2f6f9f', '#8cc6ee', '#ffc38a']
  };
  var DASHES = [[], [9, 4], [2, 3], [10, 3, 2, 3], [5, 5], [16, 4], [2, 6], [10, 3, 2, 3, 2, 3]];
  var POINTS = ['circle', 'rect', 'triangle', 'rectRot', 'crossRot', 'star', 'cross', 'rectRounded'];
  var root = document.documentElement;
  var charts = [];

  function dark() {
    var theme = root.getAttribute('data-theme');
    return theme ? theme === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches;
  }

  function css(name) {
    return getComputedStyle(root).getPropertyValue(name).trim();
  }

  function duration(ns) {
    var units = ['ns', 'us', 'ms', 's'];
    var unit = 0;
    while (unit < 3 && ns >= 999.5) {
      ns /= 1000;
      unit++;
    }
    return Number(ns.toPrecision(3)) + units[unit];
  }

  function nines(x) {
    var percent = 100 * (1 - 1 / x);
    return Number(percent.toFixed(Math.max(0, Math.round(Math.log10(x)) - 1))) + '%';
  }

  // One, two and five of each decade: enough marks on a short axis, none crowded on a long one.
  function isMark(value, span) {
    var lead = value / Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    lead = Math.round(lead * 1000) / 1000;
    return lead === 1 || (span < 1e4 && (lead === 2 || lead === 5));
  }

  function axis(title, more) {
    return Object.assign({
      title: { display: true, text: title, color: css('--soft') },
      ticks: { color: css('--soft'), maxRotation: 0 },
      grid: { color: css('--line') },
      border: { color: css('--soft') }
    }, more);
  }

  function latencyAxis(title) {
    var result = axis(title, { type: 'logarithmic' });
    result.afterBuildTicks = function (scale) {
      scale.ticks = scale.ticks.filter(function (tick) {
        return isMark(tick.value, scale.max / scale.min);
      });
    };
    result.ticks.callback = duration;
    result.ticks.autoSkip = false;
    return result;
  }

  function lineDatasets(chart) {
    var palette = COLOURS[dark() ? 'dark' : 'light'];
    return chart.series.map(function (series) {
      var machine = series.index < 0;
      var colour = machine ? css('--soft') : palette[series.index % palette.length];
      var turn = series.index + Math.floor(series.index / palette.length);
      return {
        label: series.name,
        data: series.points.map(function (point) { return { x: point[0], y: point[1] }; }),
        borderColor: colour,
        backgroundColor: colour,
        borderWidth: machine ? 1.5 : 2,
        borderDash: machine ? [1, 3] : DASHES[turn % DASHES.length],
        pointStyle: machine ? false : POINTS[turn % POINTS.length],
        pointRadius: function (context) {
          return chart.kind === 'time' || context.dataIndex % 6 === 1 ? 4 : 0;
        },
        pointHoverRadius: 6,
        tension: 0
      };
    });
  }

  function ninesAxis() {
    var result = axis('percentile', { type: 'logarithmic', min: 2 });
    result.afterBuildTicks = function (scale) {
      var ticks = [{ value: 2 }];
      for (var value = 10; value <= scale.max * 1.001; value *= 10) {
        ticks.push({ value: value });
      }
      scale.ticks = ticks;
    };
    result.ticks.callback = nines;
    result.ticks.autoSkip = false;
    return result;
  }

  function shareDatasets(chart) {
    var palette = STAGES[dark() ? 'dark' : 'light'];
    return chart.series.map(function (series) {
      return {
        label: series.name,
        data: series.points.map(function (point) { return point[1]; }),
        backgroundColor: palette[series.index % palette.length],
        borderColor: css('--page'),
        borderWidth: 1
      };
    });
  }

  function options(chart) {
    var scales = chart.kind === 'shares' ? {
      x: axis('share of the mean time of an event', { stacked: true, min: 0, max: 1 }),
      y: axis('', { stacked: true, grid: { display: false } })
    } : chart.kind === 'time' ? {
      x: axis('seconds into the measured window', { type: 'linear' }),
      y: latencyAxis('p99')
    } : { x: ninesAxis(), y: latencyAxis('latency') };
    if (chart.kind === 'shares') {
      scales.x.ticks.callback = function (value) { return Math.round(value * 100) + '%'; };
    }
    return {
      animation: false,
      maintainAspectRatio: false,
      indexAxis: chart.kind === 'shares' ? 'y' : 'x',
      interaction: { mode: 'nearest', intersect: false },
      scales: scales,
      plugins: {
        legend: { display: false },
        tooltip: { callbacks: { title: titleOf(chart), label: labelOf(chart) } }
      }
    };
  }

  function titleOf(chart) {
    return function (items) {
      if (!items.length || chart.kind === 'shares') {
        return items.length ? items[0].label : '';
      }
      var x = items[0].parsed.x;
      return chart.kind === 'time' ? Number(x.toFixed(2)) + ' s' : (100 * (1 - 1 / x)).toPrecision(6) + '%';
    };
  }

  function labelOf(chart) {
    return function (item) {
      return item.dataset.label + ': ' + (chart.kind === 'shares'
        ? (item.parsed.x * 100).toFixed(1) + '%' : duration(item.parsed.y));
    };
  }

  var MARKS = {
    circle: 'M15 6a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z',
    rect: 'M15 3h6v6h-6z',
    triangle: 'M18 2l4 7h-8z',
    rectRot: 'M18 2l4 4l-4 4l-4 -4z',
    crossRot: 'M15 3l6 6M21 3l-6 6',
    star: 'M18 2v8M14 6h8M15 3l6 6M21 3l-6 6',
    cross: 'M18 2v8M14 6h8',
    rectRounded: 'M16 3h4q1 0 1 1v4q0 1 -1 1h-4q-1 0 -1 -1v-4q0 -1 1 -1z'
  };

  function svg(name, attributes, parent) {
    var element = document.createElementNS('http://www.w3.org/2000/svg', name);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    return parent ? parent.appendChild(element) : element;
  }

  function sample(dataset, bar) {
    var width = bar ? 16 : 36;
    var picture = svg('svg', { width: width, height: 12, viewBox: '0 0 ' + width + ' 12', 'aria-hidden': 'true' });
    if (bar) {
      svg('rect', { width: width, height: 12, fill: dataset.backgroundColor }, picture);
      return picture;
    }
    svg('path', { d: 'M0 6H36', stroke: dataset.borderColor, 'stroke-width': dataset.borderWidth,
      'stroke-dasharray': dataset.borderDash.join(' ') || 'none' }, picture);
    if (dataset.pointStyle) {
      svg('path', { d: MARKS[dataset.pointStyle], fill: dataset.borderColor, stroke: dataset.borderColor }, picture);
    }
    return picture;
  }

  // A legend of real buttons: the keyboard reaches it, and it shows dash and point, which the built-in one stretches.
  function legend(chart, bar) {
    var list = document.getElementById(chart.canvas.id + '-legend');
    list.textContent = '';
    chart.data.datasets.forEach(function (dataset, index) {
      var entry = document.createElement('button');
      entry.type = 'button';
      entry.setAttribute('aria-pressed', 'true');
      entry.appendChild(sample(dataset, bar));
      entry.appendChild(document.createTextNode(dataset.label));
      entry.addEventListener('click', function () {
        chart.setDatasetVisibility(index, !chart.isDatasetVisible(index));
        entry.setAttribute('aria-pressed', String(chart.isDatasetVisible(index)));
        chart.update();
      });
      list.appendChild(entry);
    });
  }

  function draw() {
    charts.forEach(function (chart) { chart.destroy(); });
    charts = JSON.parse(document.getElementById('data').textContent).charts.map(function (chart) {
      var drawn = new Chart(document.getElementById(chart.id), {
        type: chart.kind === 'shares' ? 'bar' : 'line',
        data: {
          labels: chart.labels,
          datasets: chart.kind === 'shares' ? shareDatasets(chart) : lineDatasets(chart)
        },
        options: options(chart)
      });
      legend(drawn, chart.kind === 'shares');
      return drawn;
    });
    button.textContent = dark() ? 'Light theme' : 'Dark theme';
  }

  var asked = /^#theme=(dark|light)$/.exec(location.hash);
  if (asked) {
    root.setAttribute('data-theme', asked[1]);
  }
  var button = document.getElementById('theme');
  button.hidden = false;
  button.addEventListener('click', function () {
    root.setAttribute('data-theme', dark() ? 'light' : 'dark');
    draw();
  });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  draw();
}());
