// Figures with their units, set as `units.rs` sets them.

// With that many digits behind the point; of two that are equally near the even one, as Rust has it.
const fixed = (number, digits) => {
  const scaled = number * 10 ** digits, isTie = scaled % 1 === 0.5 && Number.isInteger(number * 8);
  return isTie ? (2 * Math.round(scaled / 2) / 10 ** digits).toFixed(digits) : number.toFixed(digits);
};

const duration = (ns) => {
  if (ns < 1e3) return `${Math.round(ns)} ns`;
  if (ns < 1e6) return `${fixed(ns / 1e3, 1)} µs`;
  if (ns < 1e9) return `${fixed(ns / 1e6, 1)} ms`;
  return `${fixed(ns / 1e9, 3)} s`;
};

// A moment, as exactly as the step between two needs it, in the unit that suits the step.
const moment = (ns, step) => {
  const [size, unit] = step < 1e3 && ns < 1e6 ? [1, 'ns'] : step < 1e6 && ns < 1e9 ? [1e3, 'µs'] : step < 1e9 && ns < 1e12 ? [1e6, 'ms'] : [1e9, 's'];
  const digits = Math.max(0, Math.ceil(Math.log10(size / step) - 1e-9));
  return `${(ns / size).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`;
};

// The round number that at least `least` is near to: 1, 2 or 5 times a power of ten.
const roundStep = (least) => {
  const power = 10 ** Math.floor(Math.log10(least));
  for (const factor of [1, 2, 5]) if (factor * power >= least) return factor * power;
  return 10 * power;
};

