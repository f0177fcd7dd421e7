/** Coefficients of Lanczos' approximation for g = 5 (Lanczos, "A precision approximation of the gamma function", 1964). */
const LANCZOS = [
  76.180091729471, -86.505320329417, 24.014098240831, -1.23173957245016, 0.12086509738662e-2,
  -0.5395239384953e-5,
] as const;
const STEPS = 500;
const PRECISION = 1e-14;
const TINY = 1e-300;

/** The natural logarithm of Γ(a), a > 0. */
function logGamma(a: number): number {
  let sum = 1.00000000019001;
  LANCZOS.forEach((coefficient, index) => {
    sum += coefficient / (a + 1 + index);
  });
  const shifted = a + 5.5;
  return (a + 0.5) * Math.log(shifted) - shifted + Math.log((2.50662827463101 * sum) / a);
}

/** The part of a chi-square distribution that lies beyond `value`: Q(degrees / 2, value / 2). */
export function chiSquareTail(value: number, degrees: number): number {
  const a = degrees / 2;
  const x = value / 2;
  if (x <= 0) return 1;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - scale * lowerSeries(a, x) : scale * upperFraction(a, x);
}

/** Abramowitz and Stegun, Handbook of Mathematical Functions, 6.5.29. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < STEPS && term > sum * PRECISION; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Abramowitz and Stegun, 6.5.31, by the modified method of Lentz (Thompson and Barnett, 1986). */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < STEPS; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / notZero(numerator * d + b);
    c = notZero(b + numerator / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return fraction;
}

function notZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
