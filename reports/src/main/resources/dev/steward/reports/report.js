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
  var FATES = {
    light: ['#7fb2d9', '#c9ced6', '#a9cfa4', '#8a94a3', '#b39ddb', '#c44f00', '#8f3a00', '#1b1f24'],
    dark: ['#2f6f9f', '#4a5461', '#55805a', '#8691a0', '#7e6bb5', '#f28e2b', '#ffc38a', '#e6e9ec']
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

  // One, two and five of each decade, every digit below one decade: enough marks on a short axis, none crowded on a
  // long one.
  function isMark(value, span) {
    var lead = value / Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    lead = Math.round(lead * 1000) / 1000;
    return lead === 1 || (span < 1e4 && (lead === 2 || lead === 5)) || (span < 10 && lead === Math.round(lead));
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
        // Along a line, words stand side by side: too many for every digit.
        return isMark(tick.value, scale.isHorizontal() ? 10 * scale.max / scale.min : scale.max / scale.min);
      });
      lowerEnd(scale);
    };
    result.ticks.callback = duration;
    result.ticks.autoSkip = false;
    return result;
  }

  // The scale begins at a mark, so that its lower end has a label.
  function lowerEnd(scale) {
    var decade = Math.pow(10, Math.floor(Math.log10(scale.min) + 1e-9));
    var far = scale.max / decade >= 1e4 || scale.isHorizontal();
    var lead = far ? 1 : [5, 2, 1].filter(function (mark) { return mark * decade <= scale.min * 1.000001; })[0];
    scale.min = lead * decade;
    if (!scale.ticks.length || scale.ticks[0].value > scale.min * 1.000001) {
      scale.ticks.unshift({ value: scale.min });
    }
  }

  function lineDatasets(chart) {
    var palette = COLOURS[dark() ? 'dark' : 'light'];
    return chart.series.map(function (series) {
      if (series.index === -2) {
        return churnDataset(series);
      }
      var machine = series.index < 0;
      var dots = machine && chart.kind === 'time';
      var colour = machine ? css('--soft') : palette[series.index % palette.length];
      var turn = series.index + Math.floor(series.index / palette.length);
      return {
        label: series.name,
        data: series.points.map(function (point) { return { x: point[0], y: point[1] }; }),
        borderColor: colour,
        backgroundColor: colour,
        borderWidth: dots ? 0 : machine ? 1.5 : 2,
        borderDash: machine ? [1, 3] : DASHES[turn % DASHES.length],
        pointStyle: dots ? 'circle' : machine ? false : POINTS[turn % POINTS.length],
        pointRadius: function (context) {
          var every = chart.kind === 'nines' ? 6 : Math.ceil(series.points.length / 20);
          return dots ? 2.5 : every === 1 || context.dataIndex % every === 1 ? 4 : 0;
        },
        pointHoverRadius: 6,
        tension: 0
      };
    });
  }

  function churnDataset(series) {
    return {
      type: 'bar',
      label: series.name,
      data: series.points.map(function (point) { return { x: point[0], y: point[1] }; }),
      yAxisID: 'churn',
      backgroundColor: css('--line'),
      borderWidth: 0,
      barThickness: 3,
      order: 1
    };
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

  function isBars(chart) {
    return chart.kind === 'shares' || chart.kind === 'fates' || chart.kind === 'ranges';
  }

  function shareDatasets(chart) {
    var palette = (chart.kind === 'fates' ? FATES : STAGES)[dark() ? 'dark' : 'light'];
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

  // A bar from the smallest to the largest, and a point at the mean.
  function rangeDatasets(chart) {
    return [{
      label: chart.series[0].name,
      data: chart.series[0].points,
      backgroundColor: STAGES[dark() ? 'dark' : 'light'][2],
      borderWidth: 0,
      barThickness: 12,
      order: 1
    }, {
      type: 'scatter',
      label: chart.series[1].name,
      data: chart.series[1].points.map(function (point, index) { return { x: point[0], y: chart.labels[index] }; }),
      backgroundColor: css('--text'),
      borderColor: css('--text'),
      borderDash: [],
      borderWidth: 0,
      pointStyle: 'rectRot',
      pointRadius: 5,
      order: 0
    }];
  }

  function datasets(chart) {
    return chart.kind === 'ranges' ? rangeDatasets(chart) : isBars(chart) ? shareDatasets(chart) : lineDatasets(chart);
  }

  function scalesOf(chart) {
    if (chart.kind === 'ranges') {
      return { x: latencyAxis('mean latency'), y: axis('', { type: 'category', grid: { display: false } }) };
    }
    if (isBars(chart)) {
      var shares = axis(chart.kind === 'fates' ? 'share of the generated events' : 'share of the mean time of an event',
        { stacked: true, min: 0, max: 1 });
      shares.ticks.callback = function (value) { return Math.round(value * 100) + '%'; };
      return { x: shares, y: axis('', { stacked: true, grid: { display: false } }) };
    }
    if (chart.kind === 'load') {
      return { x: rateAxis(), y: latencyAxis('latency') };
    }
    if (chart.kind === 'threads') {
      return { x: axis('threads', { type: 'linear', min: 0, ticks: { color: css('--soft'), precision: 0 } }),
        y: amountAxis('operations per second') };
    }
    if (chart.kind === 'time') {
      var scales = { x: axis('seconds into the measured window', { type: 'linear' }), y: latencyAxis('p99') };
      if (chart.series.some(function (series) { return series.index === -2; })) {
        // Four times as high as the bars, so that they stay at the foot of the curves.
        var most = Math.max.apply(null, chart.series[chart.series.length - 1].points.map(function (point) {
          return point[1];
        }));
        scales.churn = axis('', { type: 'linear', position: 'right', min: 0, max: Math.max(1, 4 * most),
          display: false });
      }
      return scales;
    }
    return { x: ninesAxis(), y: latencyAxis('latency') };
  }

  function rateAxis() {
    var result = axis('offered per second', { type: 'logarithmic' });
    result.afterBuildTicks = function (scale) {
      scale.ticks = scale.ticks.filter(function (tick) { return isMark(tick.value, scale.max / scale.min); });
    };
    result.ticks.callback = amount;
    return result;
  }

  function amountAxis(title) {
    var result = axis(title, { type: 'linear', min: 0 });
    result.ticks.callback = amount;
    return result;
  }

  function amount(value) {
    var units = ['', 'k', 'M', 'G'];
    var unit = 0;
    while (unit < 3 && value >= 999.5) {
      value /= 1000;
      unit++;
    }
    return Number(value.toPrecision(3)) + units[unit];
  }

  function options(chart) {
    return {
      animation: false,
      maintainAspectRatio: false,
      indexAxis: isBars(chart) ? 'y' : 'x',
      interaction: { mode: 'nearest', intersect: false },
      scales: scalesOf(chart),
      plugins: {
        legend: { display: false },
        tooltip: { callbacks: { title: titleOf(chart), label: labelOf(chart) } }
      }
    };
  }

  function titleOf(chart) {
    return function (items) {
      if (!items.length || isBars(chart)) {
        return items.length ? items[0].label : '';
      }
      var x = items[0].parsed.x;
      return chart.kind === 'time' ? Number(x.toFixed(2)) + ' s' : chart.kind === 'load' ? x + '/s'
        : chart.kind === 'threads' ? x + (x === 1 ? ' thread' : ' threads')
        : (100 * (1 - 1 / x)).toPrecision(6) + '%';
    };
  }

  function labelOf(chart) {
    return function (item) {
      var value = item.parsed;
      var text = chart.kind === 'ranges'
        ? Array.isArray(item.raw) ? duration(item.raw[0]) + ' to ' + duration(item.raw[1]) : duration(value.x)
        : isBars(chart) ? (value.x * 100).toFixed(1) + '%'
          : chart.kind === 'threads' ? amount(value.y) + '/s' : item.dataset.yAxisID === 'churn' ? Number(value.y.toFixed(1)) : duration(value.y);
      return item.dataset.label + ': ' + text;
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
      'stroke-dasharray': (dataset.borderDash || []).join(' ') || 'none' }, picture);
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
      entry.appendChild(sample(dataset, dataset.type === 'bar' || bar && dataset.type !== 'scatter'));
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
    charts = DATA.map(function (chart) {
      var canvas = document.getElementById(chart.id);
      if (isBars(chart)) {
        // As high as its bars need: many strategies must not be squeezed into one picture.
        canvas.parentNode.classList.add('bars-' + Math.min(6, Math.ceil(chart.labels.length / 5)));
      }
      var drawn = new Chart(canvas, {
        type: isBars(chart) ? 'bar' : 'line',
        data: { labels: chart.labels, datasets: datasets(chart) },
        options: options(chart)
      });
      legend(drawn, isBars(chart));
      return drawn;
    });
    button.textContent = dark() ? 'Light theme' : 'Dark theme';
  }

  var SCALES = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, k: 1e3, M: 1e6, G: 1e9, T: 1e12,
    B: 1, KiB: 1024, MiB: 1048576, GiB: 1073741824 };

  // What a cell says as a number, for sorting, without the interval behind it; dashes come last, words are compared as words.
  function valueOf(text) {
    var match = /^[!~>]?(-?[0-9.]+)(?:\/[0-9]+)?(ns|us|ms|s|k|M|G|T|B|KiB|MiB|GiB|%)?(?: [0-9.]+\.\.[0-9.]+)?$/.exec(text);
    return match ? parseFloat(match[1]) * (SCALES[match[2]] || 1) : text === '-' ? Infinity : NaN;
  }

  function compare(a, b) {
    var x = valueOf(a);
    var y = valueOf(b);
    return isNaN(x) || isNaN(y) ? a.localeCompare(b) : x === y ? 0 : x < y ? -1 : 1;
  }

  function sort(table, column, down) {
    Array.prototype.forEach.call(table.tBodies, function (body) {
      var rows = Array.prototype.filter.call(body.rows, function (row) { return !row.classList.contains('group'); });
      rows.sort(function (a, b) {
        var order = compare(a.cells[column].textContent.trim(), b.cells[column].textContent.trim());
        return down ? -order : order;
      });
      rows.forEach(function (row) { body.appendChild(row); });
    });
  }

  function makeSortable(table) {
    var heads = table.tHead.rows[0].cells;
    Array.prototype.forEach.call(heads, function (head, column) {
      var by = document.createElement('button');
      by.type = 'button';
      by.className = 'by';
      // One tab stop for a table; arrows go from head to head.
      by.tabIndex = column === 0 ? 0 : -1;
      by.textContent = head.textContent;
      head.textContent = '';
      head.appendChild(by);
      by.addEventListener('click', function () {
        var down = head.getAttribute('aria-sort') === 'ascending';
        Array.prototype.forEach.call(heads, function (other) { other.removeAttribute('aria-sort'); });
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        sort(table, column, down);
      });
      by.addEventListener('keydown', function (event) {
        var next = heads[column + (event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : heads.length)];
        if (next) {
          event.preventDefault();
          by.tabIndex = -1;
          next.firstChild.tabIndex = 0;
          next.firstChild.focus();
        }
      });
    });
  }

  // The keyboard has to reach what scrolls, and nothing else.
  function reach() {
    all('.scroll').forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
      } else {
        box.removeAttribute('tabindex');
      }
    });
  }

  function all(selector) {
    return Array.prototype.slice.call(document.querySelectorAll(selector));
  }

  function makeCopy(copy) {
    copy.hidden = false;
    copy.addEventListener('click', function () {
      getSelection().selectAllChildren(copy.previousElementSibling);
      copy.textContent = document.execCommand('copy') ? 'Copied' : 'Selected';
    });
  }

  // A link into a closed chapter opens it, and whatever it stands in.
  function open() {
    var target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (var outer = target; outer; outer = outer.parentElement) {
      if (outer.tagName === 'DETAILS') {
        outer.open = true;
      }
    }
    if (target) {
      target.scrollIntoView();
    }
  }

  // Print shows all chapters; the reader finds them as they were. A browser may ask twice before it prints.
  var unprinted = [];
  function beforePrint() {
    all('.chapter:not([open]), .run:not([open])').forEach(function (chapter) {
      chapter.open = true;
      unprinted.push(chapter);
    });
    charts.forEach(function (chart) { chart.resize(); });
  }

  function afterPrint() {
    unprinted.forEach(function (chapter) { chapter.open = false; });
    unprinted = [];
  }

  var DATA = JSON.parse(document.getElementById('data').textContent).charts;
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
  all('table.sortable').forEach(makeSortable);
  all('.copy').forEach(makeCopy);
  // The second click on a link changes no address.
  all('a[href^="#"]').forEach(function (link) {
    link.addEventListener('click', function () { setTimeout(open); });
  });
  all('details').forEach(function (chapter) { chapter.addEventListener('toggle', reach); });
  window.addEventListener('resize', reach);
  window.addEventListener('hashchange', open);
  window.addEventListener('beforeprint', beforePrint);
  window.addEventListener('afterprint', afterPrint);
  open();
  draw();
  reach();
}());
