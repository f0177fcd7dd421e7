/**
 * All that comparing needs to know of the people of one variation: how many, and the sums of y (the metric), of x (what it
 * was before they were exposed) and of their products.
 */
export interface Moments {
  people: number;
  y: number;
  yy: number;
  x: number;
  xx: number;
  xy: number;
}

export const NO_MOMENTS: Readonly<Moments> = Object.freeze({ people: 0, y: 0, yy: 0, x: 0, xx: 0, xy: 0 });

/** A mean, and how far it may be off. */
export interface Estimate {
  people: number;
  mean: number;
  /** Of one person's value, not of the mean. */
  variance: number;
}

/** Adds one person. */
export function withPerson(moments: Moments, y: number, x = 0): Moments {
  return {
    people: moments.people + 1,
    y: moments.y + y,
    yy: moments.yy + y * y,
    x: moments.x + x,
    xx: moments.xx + x * x,
    xy: moments.xy + x * y,
  };
}

/** The sums of two sets of people. */
export function sumOfMoments(one: Moments = NO_MOMENTS, other: Moments = NO_MOMENTS): Moments {
  return {
    people: one.people + other.people,
    y: one.y + other.y,
    yy: one.yy + other.yy,
    x: one.x + other.x,
    xx: one.xx + other.xx,
    xy: one.xy + other.xy,
  };
}

export function estimateOf({ people, y, yy }: Moments): Estimate {
  if (people === 0) return { people, mean: 0, variance: 0 };
  return { people, mean: y / people, variance: spread(people, y, y, yy) };
}

/**
 * Takes out of y what x foretells: y − θ(x − x̄), with θ = cov(x, y) / var(x) over all variations. CUPED: Deng, Xu, Kohavi,
 * Walker, "Improving the sensitivity of online controlled experiments by utilizing pre-experiment data", WSDM 2013. The
 * variation cannot have changed what was before it, so nothing of its effect is taken out.
 */
export function cupedEstimates(groups: readonly Moments[]): Estimate[] {
  let [covariance, variance, people, x] = [0, 0, 0, 0];
  for (const group of groups) {
    if (group.people < 2) continue;
    covariance += group.people * spread(group.people, group.x, group.y, group.xy);
    variance += group.people * spread(group.people, group.x, group.x, group.xx);
    people += group.people;
    x += group.x;
  }
  const theta = variance > 0 ? covariance / variance : 0;
  const overall = people > 0 ? x / people : 0;
  return groups.map((group) => {
    const { people: n, mean, variance: own } = estimateOf(group);
    if (n === 0 || theta === 0) return { people: n, mean, variance: own };
    const ofX = spread(n, group.x, group.x, group.xx);
    const ofBoth = spread(n, group.x, group.y, group.xy);
    return {
      people: n,
      mean: mean - theta * (group.x / n - overall),
      variance: Math.max(0, own + theta * theta * ofX - 2 * theta * ofBoth),
    };
  });
}

/** The sample covariance from sums; the variance where both are the same. */
function spread(people: number, a: number, b: number, ab: number): number {
  return people < 2 ? 0 : (ab - (a * b) / people) / (people - 1);
}
