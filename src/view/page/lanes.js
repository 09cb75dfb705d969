// One recording on a canvas: an overview, the time, the locks, and a lane for each thread. All recordings of a page share the
// time that is visible.

const visible = { from: 0, to: 1, end: 1, least: 1 };

const setVisible = (from, to) => {
  const length = Math.min(Math.max(to - from, visible.least), visible.end);
  // Zooming to less than is possible keeps the middle.
  let start = (from + to) / 2 - length / 2;
  start = Math.max(0, Math.min(start, visible.end - length));
  visible.from = start;
  visible.to = start + length;
};

const OVERVIEW = 16, AXIS = 24, MARKS = 16, LOCK = 24, GAP = 4, MOST = 460;
// So many lanes are told apart in a lock's; the others are one.
const TOLD_APART = 16;
// More locks are not shown.
const LOCKS = 8;
// More arrows would be no help; where a lane has more spans in view, too few are wide enough for labels.
const ARROWS = 160, LABELS = 4000;

class Stage {
  constructor(section, recording) {
    this.recording = recording;
    this.canvas = section.querySelector('canvas');
    this.context = this.canvas.getContext('2d', { alpha: false });
    this.scroll = 0;
    this.chosen = null;
    this.held = recording.lanes.map((lane) => (lane.sums[HOLDS] ? lane.sums[HOLDS][lane.count] : 0));
    this.rowOf = new Int32Array(recording.lanes.length);
    // Those that were held longest, in their order.
    const used = recording.locks.filter((lock) => lock.holds);
    const longest = [...used].sort((one, other) => other.held[other.holds] - one.held[one.holds]).slice(0, LOCKS);
    this.locks = used.filter((lock) => longest.includes(lock));
    this.layOut();
  }

  room() {
    return Math.max(this.canvas.parentElement.clientWidth, 120);
  }

  layOut() {
    const width = this.room(), scale = window.devicePixelRatio || 1;
    const lanes = this.recording.lanes.length;
    this.row = lanes <= 12 ? 30 : lanes <= 40 ? 20 : 14;
    this.bar = this.row - (lanes <= 40 ? 5 : 2);
    // With several locks their names need room.
    this.margin = Math.round(Math.min(Math.max(width * (this.locks.length > 1 ? .17 : .14), 112), 190));
    this.axis = OVERVIEW + 4;
    this.marks = this.axis + AXIS;
    this.lock = this.marks + (this.recording.marks.length ? MARKS : 0);
    this.top = this.lock + (this.locks.length ? this.locks.length * (LOCK + GAP) + GAP : 0);
    this.inner = Math.min(lanes * this.row, MOST);
    this.height = this.top + this.inner + 2;
    this.width = width;
    this.plot = width - this.margin;
    this.scale = scale;
    this.canvas.style.height = `${this.height}px`;
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(this.height * scale);
    const columns = Math.max(1, this.canvas.width - Math.round(this.margin * scale));
    this.pixels = new Pixels(this.context, columns, this.canvas.height, scale);
    this.columns = new Columns(columns);
    this.lockColumns = new LockColumns(columns);
    this.overview = null;
    this.fillRows();
  }

  // Which lanes are shown: all, if there is room for them; otherwise those whose threads live in the visible time.
  fillRows() {
    const { lanes } = this.recording, all = lanes.map((_, at) => at);
    const isThere = (lane) => lanes[lane].from < visible.to && lanes[lane].to > visible.from;
    this.rows = lanes.length * this.row <= this.inner ? all : all.filter(isThere);
    this.rowOf.fill(-1);
    this.rows.forEach((lane, row) => { this.rowOf[lane] = row; });
    const byHold = this.rows.filter((lane) => this.held[lane] > 0).sort((one, other) => this.held[other] - this.held[one]);
    this.holders = new Map(this.locks.map((lock) => {
      const theirs = byHold.filter((lane) => this.recording.lockOf(lane) === lock);
      return [lock, theirs.slice(0, TOLD_APART).sort((one, other) => one - other)];
    }));
    this.scrollBy(0);
  }

  scrollBy(rows) {
    const most = Math.max(0, this.rows.length * this.row - this.inner);
    this.scroll = Math.max(0, Math.min(this.scroll + rows, most));
  }

  reveal(lane) {
    this.fillRows();
    const y = this.rowOf[lane] * this.row;
    if (y < this.scroll) this.scroll = y;
    if (y + this.row > this.scroll + this.inner) this.scroll = y + this.row - this.inner;
  }

  x(time) {
    return this.margin + (time - visible.from) / (visible.to - visible.from) * this.plot;
  }

  time(x) {
    return visible.from + (x - this.margin) / this.plot * (visible.to - visible.from);
  }

  // Where a lock's lane begins.
  lockY(lock) {
    return this.lock + this.locks.indexOf(lock) * (LOCK + GAP);
  }

  y(lane) {
    return this.top + this.rowOf[lane] * this.row - this.scroll;
  }

  // The lane and the span at a point of the canvas; of a lock's lane the holder's.
  hit(x, y) {
    if (x < this.margin) return null;
    const time = this.time(x), { recording } = this;
    const lock = this.locks.find((lock) => y >= this.lockY(lock) && y < this.lockY(lock) + LOCK);
    if (lock) {
      const hold = lock.holdAfter(time);
      return hold >= lock.holds || lock.holdFrom[hold] > time ? null : lock.span(hold);
    }
    const lane = this.rows[Math.floor((y - this.top + this.scroll) / this.row)];
    if (y < this.top || y > this.top + this.inner || lane === undefined || time >= recording.lanes[lane].to) return null;
    const at = recording.lanes[lane].find(time);
    return at < 0 ? null : recording.span(lane, at);
  }

  draw(palette) {
    this.fillRows();
    const { context, pixels, scale } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = palette.text.panel;
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    pixels.words.fill(palette.word.panel);
    this.paintLanes(palette);
    this.paintOverview(palette);
    context.putImageData(pixels.image, this.canvas.width - pixels.width, 0);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.textBaseline = 'middle';
    this.drawOverview(palette);
    this.drawAxis(palette);
    this.drawMarks(palette);
    this.drawNames(palette);
    context.save();
    context.beginPath();
    context.rect(this.margin, 0, this.plot, this.height);
    context.clip();
    this.drawLabels(palette);
    this.drawArrows(palette);
    this.drawChosen(palette);
    context.restore();
  }

  lanesInView() {
    return this.rows.slice(Math.floor(this.scroll / this.row), Math.ceil((this.scroll + this.inner) / this.row));
  }

  paintLanes(palette) {
    const { pixels, columns, recording, scale } = this;
    const step = (visible.to - visible.from) / columns.count;
    for (const lane of this.lanesInView()) {
      if (columns.read(recording.lanes[lane], recording.kinds, visible.from, step)) this.paintLane(lane, palette);
    }
    const height = Math.round(LOCK * scale), edge = (time) => {
      return Math.min(columns.count, Math.max(0, Math.ceil((time - visible.from) / step)));
    };
    for (const lock of this.locks) {
      const y = Math.round(this.lockY(lock) * scale), holders = this.holders.get(lock);
      const [from, to] = [edge(lock.from), edge(lock.to)];
      pixels.fill(from, y, to - from, height, palette.word.alive);
      this.lockColumns.begin();
      for (const lane of holders) {
        if (!columns.read(recording.lanes[lane], recording.kinds, visible.from, step)) continue;
        this.lockColumns.add(pixels, columns, lane, y, height, palette);
      }
      if (holders.length === TOLD_APART) {
        this.lockColumns.rest(pixels, lock, y, height, visible.from, step, palette.word.away);
      }
    }
  }

  paintLane(lane, palette) {
    const y = this.y(lane), top = Math.max(y, this.top), bottom = Math.min(y + this.bar, this.top + this.inner);
    const from = Math.round(top * this.scale), height = Math.round(bottom * this.scale) - from;
    if (height > 0) paintLane(this.pixels, this.columns, from, height, palette);
  }

  // All threads over all the time: how many of them ran and waited, as shares of the most that did.
  readOverview() {
    const columns = new Columns(this.pixels.width), step = visible.end / columns.count;
    const ran = new Float64Array(columns.count), waited = new Float64Array(columns.count);
    for (const lane of this.recording.lanes) {
      if (lane.task) continue;
      if (!columns.read(lane, this.recording.kinds, 0, step)) continue;
      for (let x = 0; x < columns.count; x++) {
        ran[x] += columns.shares[HOLDS][x] + columns.shares[RUNS][x];
        waited[x] += columns.shares[WAITS][x];
      }
    }
    let most = 1;
    for (let x = 0; x < columns.count; x++) most = Math.max(most, ran[x] + waited[x]);
    return { ran, waited, most };
  }

  paintOverview(palette) {
    this.overview ||= this.readOverview();
    const { ran, waited, most } = this.overview, { words, width, scale } = this.pixels, { word } = palette;
    const height = Math.round(OVERVIEW * scale);
    for (let x = 0; x < width; x++) {
      const runs = Math.round(ran[x] / most * height), waits = Math.round(waited[x] / most * height);
      for (let row = 0; row < height; row++) {
        const up = height - 1 - row;
        const stripe = ((x + row) / scale | 0) % 4 < 2 ? word.wait : word['wait-back'];
        words[row * width + x] = up < runs ? word.run : up < runs + waits ? stripe : word.alive;
      }
    }
  }

  drawOverview({ text }) {
    const { context } = this, place = (time) => this.margin + time / visible.end * this.plot;
    const from = place(visible.from), width = Math.max(place(visible.to) - from, 2);
    context.globalAlpha = .6;
    context.fillStyle = text.panel;
    context.fillRect(this.margin, 0, from - this.margin, OVERVIEW);
    context.fillRect(from + width, 0, this.width - from - width, OVERVIEW);
    context.globalAlpha = 1;
    context.strokeStyle = text.text;
    context.lineWidth = 1.5;
    context.strokeRect(from + .75, .75, Math.max(width - 1.5, 1), OVERVIEW - 1.5);
  }

  drawAxis({ text }) {
    const { context } = this, length = visible.to - visible.from;
    const step = roundStep(length / Math.max(2, this.plot / 90)), y = this.axis + AXIS / 2;
    context.font = this.font(11);
    context.textAlign = 'left';
    for (let time = Math.ceil(visible.from / step) * step; time <= visible.to; time += step) {
      const x = Math.round(this.x(time)) + .5;
      context.strokeStyle = text.line;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(x, this.axis + 4);
      context.lineTo(x, this.height);
      context.globalAlpha = .5;
      context.stroke();
      context.globalAlpha = 1;
      const label = moment(time, step);
      if (x + 4 + context.measureText(label).width > this.width) continue;
      context.fillStyle = text.soft;
      context.fillText(label, x + 4, y);
    }
  }

  drawMarks({ text }) {
    const { context } = this;
    let free = this.margin, last = -9;
    context.font = this.font(11);
    for (const [at, , name] of this.recording.marks) {
      const x = this.x(at);
      // Marks that lie on one another are one.
      if (x < this.margin || x > this.width || x - last < 2) continue;
      last = x;
      context.fillStyle = text.mark;
      context.fillRect(x, this.marks, 1.5, this.height - this.marks);
      context.beginPath();
      context.moveTo(x - 4, this.marks);
      context.lineTo(x + 5.5, this.marks);
      context.lineTo(x + .75, this.marks + 7);
      context.fill();
      const label = this.fitted(name || '', 160);
      if (x + 8 < free || x + 8 + context.measureText(label).width > this.width) continue;
      context.fillText(label, x + 8, this.marks + 6);
      free = x + 20 + context.measureText(label).width;
    }
  }

  drawNames({ text }) {
    const { context } = this;
    context.fillStyle = text.text;
    context.textAlign = 'left';
    const room = this.margin - 26;
    context.font = this.font(12, 600);
    for (const lock of this.locks) {
      const name = this.recording.locks.length === 1 ? 'the lock' : `lock of ${lock.name || 'the program'}`;
      context.fillText(this.fitted(name, this.margin - 8), 0, this.lockY(lock) + LOCK / 2 + 1);
    }
    context.font = this.font(this.row < 16 ? 10 : 12);
    context.save();
    context.beginPath();
    context.rect(0, this.top, this.margin, this.inner);
    context.clip();
    const lanes = [...this.lanesInView()], names = this.fittedApart(lanes.map((lane) => this.recording.lanes[lane].name), room);
    for (const [at, lane] of lanes.entries()) {
      const y = this.y(lane), size = Math.min(11, this.bar - 2);
      context.drawImage(this.swatch(lane, size), 0, y + (this.bar - size) / 2, size, size);
      context.fillStyle = text.text;
      context.fillText(names[at], 17, y + this.bar / 2 + 1);
    }
    context.restore();
    if (this.rows.length * this.row > this.inner) this.drawScroll(text);
  }

  drawScroll(text) {
    const all = this.rows.length * this.row, { context } = this;
    const height = Math.max(20, this.inner * this.inner / all), y = this.top + (this.inner - height) * this.scroll / (all - this.inner);
    context.fillStyle = text.away;
    context.fillRect(this.margin - 6, y, 4, height);
  }

  // A thread's texture, as the lock's lane shows it.
  swatch(lane, size) {
    this.swatches ||= new Map();
    const key = `${lane} ${size} ${document.documentElement.dataset.scheme}`;
    if (!this.swatches.has(key)) {
      const canvas = document.createElement('canvas'), side = Math.round(size * this.scale);
      canvas.width = canvas.height = side;
      const context = canvas.getContext('2d'), pixels = new Pixels(context, side, side, this.scale);
      const [strong, pale] = currentPalette().threads[lane % THREADS.length], texture = textureOf(lane);
      for (let at = 0; at < side * side; at++) {
        pixels.words[at] = texture(at % side / this.scale | 0, at / side / this.scale | 0) ? strong : pale;
      }
      context.putImageData(pixels.image, 0, 0);
      this.swatches.set(key, canvas);
    }
    return this.swatches.get(key);
  }

  font(size, weight = 400) {
    return `${weight} ${size}px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif`;
  }

  // Names that are told apart if they can be: where the middle is all that differs, the end is left out.
  fittedApart(names, room) {
    const fitted = names.map((name) => this.fitted(name, room)), known = new Map();
    names.forEach((name, at) => known.set(fitted[at], (known.get(fitted[at]) || new Set()).add(name)));
    return names.map((name, at) => known.get(fitted[at]).size > 1 ? this.fitted(name, room, 0) : fitted[at]);
  }

  // The text, with its middle left out where it has no room; how much of what is kept is its end.
  fitted(name, room, end = .5) {
    const { context } = this;
    const shown = name.length > 80 ? `${name.slice(0, 40)}…${name.slice(-40)}` : name;
    if (context.measureText(shown).width <= room) return shown;
    const letters = [...shown];
    for (let kept = letters.length - 1; kept > 1; kept--) {
      const tail = Math.floor(kept * end), short = `${letters.slice(0, kept - tail).join('')}…${letters.slice(letters.length - tail).join('')}`;
      if (context.measureText(short).width <= room) return short;
    }
    return '';
  }

  // What the spans are, written into those that are wide enough.
  drawLabels({ text }) {
    const { context, recording } = this;
    context.font = this.font(11);
    context.textAlign = 'center';
    const perPixel = (visible.to - visible.from) / this.plot;
    const write = (label, from, to, y, colour, back) => {
      const left = Math.max(this.x(from), this.margin), right = Math.min(this.x(to), this.width);
      if (right - left < 34) return;
      const fitting = this.fitted(label, right - left - 10);
      if (fitting.length < 4 && fitting !== label) return;
      const middle = (left + right) / 2;
      if (back) {
        const width = context.measureText(fitting).width + 8;
        context.fillStyle = back;
        context.fillRect(middle - width / 2, y - 7, width, 14);
      }
      context.fillStyle = colour;
      context.fillText(fitting, middle, y + .5);
    };
    for (const lock of this.locks) {
      const first = lock.holdAfter(visible.from), last = Math.min(lock.holdAfter(visible.to) + 1, lock.holds);
      for (let hold = first; hold < last && last - first < LABELS; hold++) {
        const [from, to] = [lock.holdFrom[hold], lock.holdTo[hold]];
        if (to - from < 34 * perPixel) continue;
        write(recording.lanes[lock.holder[hold]].name, from, to, this.lockY(lock) + LOCK / 2, text.text, text.panel);
      }
    }
    if (this.bar < 14) return;
    for (const lane of this.lanesInView()) {
      const of = recording.lanes[lane], y = this.y(lane) + this.bar / 2;
      if (y < this.top + 6 || y > this.top + this.inner - 6) continue;
      const start = Math.max(of.find(visible.from), 0), end = Math.min(of.find(visible.to, start) + 1, of.count);
      for (let at = start; at < end && end - start < LABELS; at++) {
        const [from, to] = [of.starts[at], of.starts[at + 1]];
        if (to - from < 34 * perPixel) continue;
        const span = recording.span(lane, at), runs = span.doing === HOLDS || span.doing === RUNS;
        const label = runs ? (span.place ? span.place[2] : 'runs') : span.doing === WAITS && !of.task ? 'waits' : span.text;
        write(label, from, to, y, runs ? text['run-text'] : text.text, runs ? null : span.doing === AWAY ? text.alive : text.panel);
      }
    }
  }

  drawArrows(palette) {
    for (const lock of this.locks) this.drawArrowsOf(lock, palette);
  }

  // From hand to hand: a whole line where the lock was taken away by force, a broken one where it was given up.
  drawArrowsOf(lock, { text }) {
    const { context, recording } = this, first = Math.max(1, lock.holdAfter(visible.from));
    let last = first;
    while (last < lock.holds && lock.holdFrom[last] < visible.to) if (++last - first > ARROWS) return;
    const inView = (y) => y >= this.top - 1 && y <= this.top + this.inner + 1;
    context.strokeStyle = context.fillStyle = text.text;
    context.lineWidth = 1.3;
    for (let hold = first; hold < last; hold++) {
      if (!lock.isHandOver(hold)) continue;
      const [from, to] = [lock.holder[hold - 1], lock.holder[hold]], down = to > from;
      const [y, end] = [this.y(from) + (down ? this.bar : 0), this.y(to) + (down ? 0 : this.bar)];
      if (!inView(y) && !inView(end)) continue;
      const [x, tip] = [this.x(lock.holdTo[hold - 1]), this.x(lock.holdFrom[hold])];
      const how = recording.kinds[recording.lanes[from].kinds[lock.holdSpan[hold - 1]]][3];
      context.setLineDash(how === 'forced' ? [] : [3, 3]);
      context.beginPath();
      context.moveTo(x, y);
      context.bezierCurveTo(x, (y + end) / 2, tip, (y + end) / 2, tip, end);
      context.stroke();
      context.setLineDash([]);
      context.beginPath();
      context.moveTo(tip, end);
      context.lineTo(tip - 4, end + (down ? -6 : 6));
      context.lineTo(tip + 4, end + (down ? -6 : 6));
      context.fill();
    }
  }

  drawChosen({ text }) {
    if (!this.chosen || this.rowOf[this.chosen.lane] < 0) return;
    const { lane, from, to } = this.chosen, left = this.x(from), width = Math.max(this.x(to) - left, 2);
    const y = this.y(lane);
    if (y < this.top - this.row || y > this.top + this.inner) return;
    this.context.strokeStyle = text.text;
    this.context.lineWidth = 2;
    this.context.strokeRect(left - 1, y - 1, width + 2, this.bar + 2);
  }
}

