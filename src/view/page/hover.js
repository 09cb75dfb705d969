// What is said of a span: what, where, how long, from whom. All texts are set as texts, whatever is in them.

// The lines about a span: the first is its heading.
const wordsOf = (recording, span) => {
  const name = (lane) => recording.lanes[lane].name, place = span.place && span.place[2];
  const words = [`${name(span.lane)}: ${span.text}`, `${duration(span.to - span.from)}, from ${moment(span.from, 1e3)} on`];
  if (span.doing === HOLDS) {
    if (span.by !== null) words.push(`got it from ${name(span.by)}`);
    const how = span.release === 'forced' ? 'was forced to let go' : span.release ? `let go: ${span.release}` : 'was there at the end';
    words.push(place ? `${how}, at ${place}` : how);
  } else if (place) {
    words.push(`at ${place}`);
  }
  if (span.doing === WAITS) {
    if (span.release) words.push(span.release === 'forced' ? 'had been forced to let go' : `had let go before: ${span.release}`);
    words.push(...holdersMeanwhile(recording, span));
  }
  if (span.owner !== null) words.push(`it was ${name(span.owner)}’s`);
  if (span.doing === AWAY && span.by !== null) words.push(`woken by ${name(span.by)}`);
  return words;
};

const holdersMeanwhile = (recording, span) => {
  const seen = [];
  let more = 0;
  const lock = recording.lockOf(span.lane);
  for (let hold = lock.holdAfter(span.from); hold < lock.holds && lock.holdFrom[hold] < span.to; hold++) {
    const of = lock.span(hold);
    const ns = Math.min(of.to, span.to) - Math.max(of.from, span.from), at = of.place ? ` until ${of.place[2]}` : '';
    if (seen.length < 3) seen.push(`${recording.lanes[of.lane].name} had it for ${duration(ns)}${at}`);
    else if (++more > 1000) break;
  }
  return more ? [...seen, `and ${more > 1000 ? 'more than 1000' : more} more holds`] : seen;
};

const tip = document.getElementById('tip');

const showTip = (words, x, y) => {
  tip.replaceChildren(...words.map((text, at) => {
    const line = document.createElement(at ? 'div' : 'b');
    line.textContent = text;
    return line;
  }));
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - width - 6))}px`;
  tip.style.top = `${y + 18 + height > innerHeight ? Math.max(4, y - height - 12) : y + 18}px`;
};

const hideTip = () => {
  tip.hidden = true;
};

