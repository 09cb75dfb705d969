// The page comes alive: pointers, keys, buttons, schemes; the lanes are drawn when something has changed.

const root = document.documentElement;
const { recordings: packed } = JSON.parse(document.getElementById('data').textContent);
const sections = [...document.querySelectorAll('.recording')];
const recordings = packed.map((about, at) => new Recording(about, at));
visible.end = Math.max(1, ...recordings.map((recording) => recording.end));
visible.least = Math.min(visible.end, 100);
visible.to = visible.end;

let palette = null;
const currentPalette = () => (palette ||= readPalette());
const stages = recordings.map((recording, at) => new Stage(sections[at], recording));

// Drawing: once a frame at most.
let isAsked = false;
const range = document.getElementById('range');
const draw = () => {
  isAsked = false;
  for (const stage of stages) stage.draw(currentPalette());
  const step = (visible.to - visible.from) / 100;
  const isAll = visible.from <= 0 && visible.to >= visible.end;
  const shown = isAll ? 'all' : `${moment(visible.from, step)} – ${moment(visible.to, step)}`;
  range.textContent = `${shown} of ${duration(visible.end)}`;
};
const ask = () => {
  if (!isAsked) requestAnimationFrame(draw);
  isAsked = true;
};

const zoom = (factor, around = (visible.from + visible.to) / 2) => {
  const length = Math.min(Math.max((visible.to - visible.from) * factor, visible.least), visible.end);
  const share = (around - visible.from) / (visible.to - visible.from);
  setVisible(around - share * length, around + (1 - share) * length);
  ask();
};
const move = (share) => {
  const by = share * (visible.to - visible.from);
  setVisible(Math.max(0, visible.from + by), Math.max(0, visible.from + by) + visible.to - visible.from);
  ask();
};
const showAll = () => {
  setVisible(0, visible.end);
  ask();
};

// The source: a line of a recording's file is brought into view.
const showLine = (recording, file, line) => {
  const details = document.getElementById(`details${recording}`);
  showTab(recording);
  for (const part of details.querySelectorAll('.file')) {
    if (part.dataset.file !== file) continue;
    part.open = true;
    part.querySelectorAll('.chosen').forEach((row) => row.classList.remove('chosen'));
    const row = part.querySelector(`tr[data-line="${Number(line)}"]`);
    if (!row) return;
    row.classList.add('chosen');
    scrollTo(row);
  }
};
// Only the box with the lines scrolls, not the page.
const scrollTo = (row) => {
  const box = row.closest('.scroll');
  box.scrollTop = row.offsetTop - box.clientHeight / 2;
};

const choose = (stage, span) => {
  for (const other of stages) other.chosen = other === stage ? span : null;
  if (span && span.place) showLine(stage.recording.number, span.place[0], span.place[1]);
  ask();
};

// The hand-over before or after the chosen hold, or the middle of what is seen.
const stepOver = (stage, direction) => {
  const { recording } = stage, { chosen } = stage;
  const lock = chosen ? recording.lockOf(chosen.lane) : stage.locks[0];
  if (!lock) return;
  let hold = lock.holdAfter(chosen ? chosen.from : (visible.from + visible.to) / 2);
  if (!chosen && direction > 0) hold--;
  do hold += direction; while (hold > 0 && hold < lock.holds && !lock.isHandOver(hold));
  if (hold < 1 || hold >= lock.holds) return;
  const span = lock.span(hold);
  // So near that both holds are seen.
  const before = lock.holdTo[hold - 1] - lock.holdFrom[hold - 1];
  const length = Math.min(visible.to - visible.from, Math.max(4 * (before + span.to - span.from), 20 * visible.least));
  setVisible(span.from - length / 2, span.from + length / 2);
  stage.reveal(span.lane);
  choose(stage, span);
  tellAbout(stage, span);
};

const tellAbout = (stage, span) => {
  const box = stage.canvas.getBoundingClientRect();
  const x = Math.max(stage.margin, Math.min(stage.x(span.from), stage.width));
  showTip(wordsOf(stage.recording, span), box.left + x, box.top + stage.y(span.lane) + stage.row);
};

const KEYS = {
  ArrowLeft: (stage, far) => move(far ? -.9 : -.15),
  ArrowRight: (stage, far) => move(far ? .9 : .15),
  ArrowUp: (stage) => stage.scrollBy(-stage.row),
  ArrowDown: (stage) => stage.scrollBy(stage.row),
  '+': () => zoom(1 / 1.5),
  '=': () => zoom(1 / 1.5),
  '-': () => zoom(1.5),
  _: () => zoom(1.5),
  Home: showAll,
  0: showAll,
  n: (stage) => stepOver(stage, 1),
  p: (stage) => stepOver(stage, -1),
  Escape: (stage) => {
    choose(stage, null);
    hideTip();
  },
};

for (const stage of stages) {
  const { canvas } = stage, fingers = new Map();
  let dragged = 0;
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  canvas.addEventListener('keydown', (event) => {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(stage, event.shiftKey);
    ask();
  });
  canvas.addEventListener('wheel', (event) => {
    const unit = event.deltaMode ? 30 : 1, isWhole = visible.to - visible.from >= visible.end;
    const sideways = event.shiftKey ? event.deltaX || event.deltaY : Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : 0;
    hideTip();
    // When there is nothing more to zoom out, the page scrolls.
    if (!sideways && event.deltaY > 0 && isWhole && !event.ctrlKey) return;
    event.preventDefault();
    if (sideways) move(sideways * unit / stage.plot);
    else zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY * unit * (event.ctrlKey ? .01 : .002)))), stage.time(Math.max(stage.margin, place(event)[0])));
  }, { passive: false });
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, place(event));
    dragged = 0;
    if (place(event)[1] < OVERVIEW) moveTo(stage, place(event)[0]);
  });
  canvas.addEventListener('pointermove', (event) => {
    const now = place(event), before = fingers.get(event.pointerId);
    if (!before) {
      const span = stage.hit(...now);
      if (span) showTip(wordsOf(stage.recording, span), event.clientX, event.clientY); else hideTip();
      return;
    }
    hideTip();
    const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    fingers.set(event.pointerId, now);
    dragged += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
    if (others.length) {
      const [apart, was] = [Math.abs(now[0] - others[0][0]), Math.abs(before[0] - others[0][0])];
      if (apart > 8 && was > 8) zoom(was / apart, stage.time((now[0] + others[0][0]) / 2));
    } else if (now[1] < OVERVIEW && dragged < 4 || stage.inOverview) {
      moveTo(stage, now[0]);
    } else if (dragged > 3) {
      canvas.classList.add('moving');
      move((before[0] - now[0]) / stage.plot);
      if (event.pointerType === 'mouse') stage.scrollBy(before[1] - now[1]);
    }
  });
  const release = (event) => {
    const at = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    canvas.classList.remove('moving');
    stage.inOverview = false;
    if (at && dragged < 4 && event.type === 'pointerup') {
      const span = stage.hit(...place(event));
      choose(stage, span);
      if (span) showTip(wordsOf(stage.recording, span), event.clientX, event.clientY);
    }
  };
  canvas.addEventListener('pointerup', release);
  canvas.addEventListener('pointercancel', release);
  canvas.addEventListener('pointerleave', hideTip);
  canvas.addEventListener('blur', hideTip);
  canvas.addEventListener('dblclick', (event) => zoom(1 / 4, stage.time(place(event)[0])));
}

// In the overview: the visible time goes to where the pointer is.
const moveTo = (stage, x) => {
  const middle = (x - stage.margin) / stage.plot * visible.end, half = (visible.to - visible.from) / 2;
  stage.inOverview = true;
  setVisible(middle - half, middle + half);
  ask();
};

const BUTTONS = { in: () => zoom(1 / 2), out: () => zoom(2), all: showAll, next: () => stepOver(focused(), 1), previous: () => stepOver(focused(), -1) };
const focused = () => stages.find((stage) => stage.chosen) || stages[0];
for (const button of document.querySelectorAll('[data-do]')) button.addEventListener('click', () => BUTTONS[button.dataset.do]());

// Tabs, where there are several recordings.
const showTab = (number) => {
  for (const tab of document.querySelectorAll('[data-tab]')) {
    const isIt = tab.dataset.tab === String(number);
    tab.setAttribute('aria-selected', isIt);
    tab.tabIndex = isIt ? 0 : -1;
  }
  for (const details of document.querySelectorAll('.details')) details.hidden = details.dataset.recording !== String(number);
};
for (const tab of document.querySelectorAll('[data-tab]')) {
  tab.addEventListener('click', () => showTab(tab.dataset.tab));
  tab.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = step && document.querySelector(`[data-tab="${Number(tab.dataset.tab) + step}"]`);
    if (next) {
      next.focus();
      next.click();
    }
  });
}
showTab(0);
document.addEventListener('click', (event) => {
  const link = event.target.closest('a.place');
  if (!link) return;
  event.preventDefault();
  const { recording } = link.closest('[data-recording]').dataset;
  showLine(recording, link.dataset.file, link.dataset.line);
  document.querySelector(`#details${recording} .source`).scrollIntoView({ block: 'nearest' });
});

// Light and dark: as the system has it, or as chosen.
const SCHEMES = ['', 'light', 'dark'];
const theme = document.getElementById('theme'), dark = matchMedia('(prefers-color-scheme: dark)');
const recolour = (chosen) => {
  if (chosen) root.dataset.theme = chosen; else delete root.dataset.theme;
  root.dataset.scheme = chosen || (dark.matches ? 'dark' : 'light');
  theme.textContent = `◐ ${chosen || 'automatic'}`;
  palette = null;
  drawLegend();
  ask();
};
const LEGEND = ['has the lock, or runs without one', 'waits for the lock', 'detached: waits for something else, or sleeps', 'stopped', 'not recorded'];
// The same of tasks.
const TASKS = ['takes a step', 'ready, waits for its loop', 'awaits', 'blocks the loop'];
const drawLegend = () => {
  const hasTasks = stages.some((stage) => stage.recording.lanes.some((lane) => lane.task));
  const items = LEGEND.map((own, at) => {
    const text = hasTasks && TASKS[at] ? `${own} (a task: ${TASKS[at]})` : own;
    const item = document.createElement('li'), canvas = document.createElement('canvas'), scale = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(26 * scale), Math.round(13 * scale)];
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d'), pixels = new Pixels(context, width, height, scale), columns = new Columns(width);
    columns.alive.fill(1);
    columns.shares[[RUNS, WAITS, AWAY, STANDS, UNKNOWN][at]].fill(1);
    paintLane(pixels, columns, 0, height, currentPalette());
    context.putImageData(pixels.image, 0, 0);
    item.append(canvas, text);
    return item;
  });
  const arrows = document.createElement('li');
  arrows.textContent = '→ handed over: by force, or given up (broken line)';
  document.getElementById('legend').replaceChildren(...items, arrows);
};
theme.addEventListener('click', () => {
  const next = SCHEMES[(SCHEMES.indexOf(root.dataset.theme || '') + 1) % SCHEMES.length];
  try {
    localStorage.setItem('gilbox-theme', next);
  } catch {
    // A file that is looked at may have no storage: then it is forgotten.
  }
  recolour(next);
});
dark.addEventListener('change', () => recolour(root.dataset.theme || ''));
let remembered = '';
try {
  remembered = localStorage.getItem('gilbox-theme') || '';
} catch {
  // As above.
}
recolour(SCHEMES.includes(remembered) ? remembered : '');

// Drawn at once: a canvas whose size has changed is empty, and would be seen so for a moment.
new ResizeObserver(() => {
  const changed = stages.filter((stage) => stage.width !== stage.room() || stage.scale !== (window.devicePixelRatio || 1));
  changed.forEach((stage) => stage.layOut());
  if (changed.length) draw();
}).observe(document.getElementById('lanes'));
draw();
for (const file of document.querySelectorAll('.file[open]')) {
  const hottest = ['h10', 'h9', 'h8'].map((level) => file.querySelector(`td.${level}`)).find(Boolean);
  if (hottest && file.offsetParent) scrollTo(hottest.closest('tr'));
}
// When the first picture was there, in milliseconds since the page was asked for.
root.dataset.ready = performance.now().toFixed(0);
