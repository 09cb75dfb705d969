// The recordings, read from the page: for each lane where its spans begin and what they are (`spans.rs` packs them), and how
// much of each kind lies before each span. From these sums a slice of time of any length is known at once, however many
// spans lie in it.

const HOLDS = 0, RUNS = 1, WAITS = 2, STANDS = 3, AWAY = 4, UNKNOWN = 5;

const bytesOf = (text) => {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
};

// Numbers of seven bits a byte, one after the other.
const numbersOf = (bytes) => {
  let at = 0;
  return () => {
    let byte = bytes[at++], number = byte & 127, factor = 128;
    while (byte > 127) {
      byte = bytes[at++];
      number += (byte & 127) * factor;
      factor *= 128;
    }
    return number;
  };
};

class Lane {
  constructor(about, next, kinds) {
    this.name = about.name;
    this.lock = about.lock;
    this.task = about.task;
    this.from = about.from;
    this.to = about.to;
    this.count = about.spans;
    // One more than there are spans: the last is the end.
    this.starts = new Float64Array(this.count + 1);
    this.kinds = new Uint32Array(this.count);
    // By what is done: the time of it before each span; null if it is never done. Away is the rest.
    this.sums = [null, null, null, null, null, null];
    const now = [0, 0, 0, 0, 0, 0];
    let time = this.from;
    for (let at = 0; at < this.count; at++) {
      const length = next(), kind = next(), doing = kinds[kind][0];
      this.starts[at] = time;
      this.kinds[at] = kind;
      if (doing !== AWAY && !this.sums[doing]) this.sums[doing] = new Float64Array(this.count + 1).fill(0);
      for (let of = 0; of < 6; of++) if (this.sums[of]) this.sums[of][at] = now[of];
      now[doing] += length;
      time += length;
    }
    this.starts[this.count] = time;
    for (let of = 0; of < 6; of++) if (this.sums[of]) this.sums[of][this.count] = now[of];
  }

  // The span at that moment: the last that begins no later, looked for from `hint` on; -1 before the first.
  find(time, hint = 0) {
    const starts = this.starts;
    if (this.count === 0 || time < starts[0]) return -1;
    let low = Math.max(hint, 0), step = 1;
    if (starts[low] > time) low = 0;
    while (low + step < this.count && starts[low + step] <= time) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, this.count);
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= time) low = middle; else high = middle;
    }
    return low;
  }

  // How much of that was done until then; the moment lies in span `at`.
  sum(of, time, at, kinds) {
    const sums = this.sums[of];
    if (!sums || at < 0) return 0;
    const inside = kinds[this.kinds[at]][0] === of ? Math.min(time, this.starts[at + 1]) - this.starts[at] : 0;
    return sums[at] + inside;
  }
}

// The holds of one lock in order: whose each is, which span, from when till when.
class Lock {
  constructor(recording, about) {
    const bytes = bytesOf(about.holds), next = numbersOf(bytes);
    let count = 0;
    for (const byte of bytes) count += byte < 128;
    this.recording = recording;
    this.name = about.name;
    this.from = about.from;
    this.to = about.to;
    this.holds = count;
    this.holder = new Uint32Array(count);
    this.holdSpan = new Uint32Array(count);
    this.holdFrom = new Float64Array(count);
    this.holdTo = new Float64Array(count);
    // The time of all holds before each.
    this.held = new Float64Array(count + 1);
    const places = recording.lanes.map(() => 0);
    for (let at = 0; at < count; at++) {
      const lane = next(), spans = recording.lanes[lane];
      let span = places[lane];
      while (recording.kinds[spans.kinds[span]][0] !== HOLDS) span++;
      this.holder[at] = lane;
      this.holdSpan[at] = span;
      this.holdFrom[at] = spans.starts[span];
      this.holdTo[at] = spans.starts[span + 1];
      this.held[at + 1] = this.held[at] + this.holdTo[at] - this.holdFrom[at];
      places[lane] = span + 1;
    }
  }

  // The first hold that ends after that moment.
  holdAfter(time) {
    let low = 0, high = this.holds;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.holdTo[middle] > time) high = middle; else low = middle + 1;
    }
    return low;
  }

  // How long somebody had the lock until then.
  heldUntil(time) {
    const hold = this.holdAfter(time);
    return this.held[hold] + (hold < this.holds ? Math.max(0, time - this.holdFrom[hold]) : 0);
  }

  // Whether the lock went from the hold before to this one.
  isHandOver(hold) {
    if (hold < 1 || hold >= this.holds) return false;
    const { lanes, kinds } = this.recording, kind = kinds[lanes[this.holder[hold]].kinds[this.holdSpan[hold]]];
    return kind[4] === this.holder[hold - 1] && this.holder[hold] !== this.holder[hold - 1];
  }

  span(hold) {
    return this.recording.span(this.holder[hold], this.holdSpan[hold]);
  }
}

class Recording {
  constructor(about, number) {
    this.number = number;
    this.title = about.title;
    this.end = about.end;
    this.places = about.places;
    this.kinds = about.kinds;
    this.marks = about.marks;
    const next = numbersOf(bytesOf(about.spans));
    this.lanes = about.lanes.map((lane) => new Lane(lane, next, about.kinds));
    // One for each interpreter.
    this.locks = about.locks.map((lock) => new Lock(this, lock));
  }

  lockOf(lane) {
    return this.locks[this.lanes[lane].lock];
  }

  span(lane, at) {
    const of = this.lanes[lane], [doing, text, place, release, by, owner] = this.kinds[of.kinds[at]];
    const from = of.starts[at], to = of.starts[at + 1];
    return { lane, at, from, to, doing, text, place: this.places[place], release, by, owner };
  }
}

