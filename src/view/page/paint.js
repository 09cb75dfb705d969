// Lanes as pixels. A column of pixels is a slice of time, and shows how much of it was spent on what: so however many spans
// there are, a picture costs as much as it has columns. What is done is told by shape, not by hue alone: running is solid,
// waiting striped, standing still barred, away a thin line.

const COLOURS = ['panel', 'line', 'text', 'soft', 'accent', 'run', 'run-text', 'wait', 'wait-back', 'stop', 'stop-back', 'away',
  'alive', 'mark', 'one', 'two', 'three', 'four', 'five', 'six'];
const THREADS = ['one', 'two', 'three', 'four', 'five', 'six'];

// The colours of the scheme that is on: as text for the canvas, as a word for pixels.
const readPalette = () => {
  const probe = document.body.appendChild(document.createElement('i'));
  const palette = { text: {}, word: {} };
  for (const name of COLOURS) {
    probe.style.color = `var(--${name})`;
    const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
    palette.text[name] = `rgb(${red} ${green} ${blue})`;
    palette.word[name] = wordOf(red, green, blue);
  }
  probe.remove();
  palette.threads = THREADS.map((name) => [palette.word[name], mixed(palette.word[name], palette.word.panel)]);
  return palette;
};

const wordOf = (red, green, blue) => (255 << 24 | blue << 16 | green << 8 | red) >>> 0;

const mixed = (one, other) => {
  const part = (shift) => (((one >>> shift) & 255) * 2 + ((other >>> shift) & 255) * 3) / 5 | 0;
  return wordOf(part(0), part(8), part(16));
};

// Which of a thread's two colours a pixel has: each thread another texture.
const TEXTURES = [
  () => true,
  (x, y) => x % 4 < 2 && y % 4 < 2,
  (x) => x % 6 < 3,
  (x, y) => y % 5 < 2,
  (x, y) => (x / 3 + (y / 3 | 0) | 0) % 2 < 1,
  (x, y) => (x + 600 - y) % 6 < 3,
];
const textureOf = (lane) => TEXTURES[(lane + (lane / 6 | 0)) % 6];

// A picture that is written pixel by pixel; `scale` of its pixels make one of the page's.
class Pixels {
  constructor(context, width, height, scale) {
    this.image = context.createImageData(width, height);
    this.words = new Uint32Array(this.image.data.buffer);
    this.width = width;
    this.height = height;
    this.scale = scale;
  }

  fill(x, y, width, height, word) {
    for (let row = y; row < y + height; row++) {
      const at = row * this.width + x;
      this.words.fill(word, at, at + width);
    }
  }
}

// For each column the position of its left edge in a lane, and one more for the right edge of the last.
class Columns {
  constructor(count) {
    this.count = count;
    this.at = new Int32Array(count + 1);
    this.shares = [0, 1, 2, 3, 4, 5].map(() => new Float64Array(count));
    this.alive = new Float64Array(count);
  }

  // What the lane did in the columns of the time from `from` on, each `step` long: shares of the column. Whether it lived then.
  read(lane, kinds, from, step) {
    const first = Math.max(0, Math.floor((lane.from - from) / step)), last = Math.min(this.count, Math.ceil((lane.to - from) / step));
    this.alive.fill(0);
    for (const shares of this.shares) shares.fill(0);
    if (first >= last) return false;
    this.alive.fill(1, first, last);
    let hint = 0;
    for (let column = first; column <= last; column++) {
      hint = lane.find(from + column * step, hint);
      this.at[column] = hint;
    }
    for (let of = 0; of < 6; of++) {
      if (!lane.sums[of]) continue;
      const shares = this.shares[of];
      let before = lane.sum(of, from + first * step, this.at[first], kinds);
      for (let column = first; column < last; column++) {
        const after = lane.sum(of, from + (column + 1) * step, this.at[column + 1], kinds);
        shares[column] = (after - before) / step;
        before = after;
      }
    }
    return true;
  }
}

// How many pixels of so many a share takes: what was there at all is seen.
const rowsOf = (share, height) => (share <= 0 ? 0 : Math.max(1, Math.round(share * height)));

const paintLane = (pixels, columns, y, height, { word }) => {
  const { words, width, scale } = pixels;
  const [holds, runs, waits, stands, , unknown] = columns.shares;
  const middle = y + (height >> 1), thick = Math.max(1, Math.round(scale));
  for (let x = 0; x < columns.count; x++) {
    if (!columns.alive[x]) continue;
    const ran = Math.min(height, rowsOf(holds[x] + runs[x], height));
    const waited = Math.min(height - ran, rowsOf(waits[x], height));
    const stood = Math.min(height - ran - waited, rowsOf(stands[x], height));
    const lost = Math.min(height - ran - waited - stood, rowsOf(unknown[x], height));
    let row = y + height - 1;
    for (const end = row - ran; row > end; row--) words[row * width + x] = word.run;
    for (const end = row - waited; row > end; row--) {
      words[row * width + x] = ((x + row) / scale | 0) % 6 < 2 ? word.wait : word['wait-back'];
    }
    for (const end = row - stood; row > end; row--) words[row * width + x] = (row / scale | 0) % 4 < 1 ? word.stop : word['stop-back'];
    for (const end = row - lost; row > end; row--) words[row * width + x] = ((x / scale | 0) + (row / scale | 0)) % 4 < 1 ? word.away : word.panel;
    for (; row >= y; row--) words[row * width + x] = row >= middle && row < middle + thick ? word.away : word.alive;
  }
};

// The lock: whose it was, as shares of the columns, one lane's above the other's.
class LockColumns {
  constructor(count) {
    this.used = new Float64Array(count);
    this.bottom = new Int32Array(count);
  }

  begin() {
    this.used.fill(0);
    this.bottom.fill(0);
  }

  add(pixels, columns, lane, y, height, palette) {
    const [strong, pale] = palette.threads[lane % THREADS.length], texture = textureOf(lane), { words, width, scale } = pixels;
    const holds = columns.shares[HOLDS];
    for (let x = 0; x < columns.count; x++) {
      if (holds[x] <= 0) continue;
      this.used[x] = Math.min(1, this.used[x] + holds[x]);
      const top = Math.min(height, Math.max(this.bottom[x] + (holds[x] > .02 ? 1 : 0), Math.round(this.used[x] * height)));
      for (let row = this.bottom[x]; row < top; row++) {
        const at = y + height - 1 - row;
        words[at * width + x] = texture(x / scale | 0, at / scale | 0) ? strong : pale;
      }
      this.bottom[x] = top;
    }
  }

  // What those had of it that are not told apart.
  rest(pixels, lock, y, height, from, step, word) {
    if (from >= lock.to) return;
    let before = lock.heldUntil(from);
    for (let x = 0; x < this.used.length; x++) {
      const after = lock.heldUntil(from + (x + 1) * step), top = Math.min(height, Math.round((after - before) / step * height));
      for (let row = this.bottom[x]; row < top; row++) pixels.words[(y + height - 1 - row) * pixels.width + x] = word;
      before = after;
    }
  }
}

