// Statistics of errors, all in the unit of what is given.

/** Location and spread. SD with n − 1; quantiles of type 7 (Hyndman & Fan 1996). */
export interface Summary {
  n: number;
  mean: number;
  sd: number;
  p50: number;
  p99: number;
  /** The value farthest from 0, with its sign. */
  worst: number;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function sd(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export function summary(values: readonly number[]): Summary | undefined {
  if (values.length < 2) {
    return undefined;
  }
  return {
    n: values.length,
    mean: mean(values),
    sd: sd(values),
    p50: quantile(values, 0.5),
    p99: quantile(values, 0.99),
    worst: values.reduce((worst, value) => (Math.abs(value) > Math.abs(worst) ? value : worst)),
  };
}

/** Slope of an ordinary least squares line. */
export function slope(points: readonly (readonly [number, number])[]): number {
  const x = mean(points.map(([at]) => at));
  const y = mean(points.map(([, value]) => value));
  const above = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0);
  return above / points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
}

/**
 * The Brown–Forsythe statistic W of two groups (Brown & Forsythe 1974, JASA 69:364): a one-way
 * analysis of variance of the distances from each group's median. Above 4: one in twenty by chance.
 */
export function brownForsythe(a: readonly number[], b: readonly number[]): number {
  const groups = [a, b].map((values) => {
    const centre = quantile(values, 0.5);
    return values.map((value) => Math.abs(value - centre));
  });
  const all = groups.flat();
  const whole = mean(all);
  const between = groups.reduce((sum, z) => sum + z.length * (mean(z) - whole) ** 2, 0);
  const within = groups.reduce((sum, z) => {
    const centre = mean(z);
    return sum + z.reduce((inner, value) => inner + (value - centre) ** 2, 0);
  }, 0);
  return (between * (all.length - 2)) / within;
}

/** Numbers below 1 that are the same in every run (Numerical Recipes' quick generator). */
export function lot(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * The middle 95 % of a figure over draws of whole runs with replacement: trials of one run hang
 * together, so runs are the unit.
 */
export function interval<Run>(
  runs: readonly Run[],
  figure: (runs: Run[]) => number,
): [number, number] {
  const random = lot(20_261_120);
  const figures: number[] = [];
  for (let i = 0; i < 2000; i += 1) {
    const drawn = runs.map(() => runs[Math.floor(random() * runs.length)] as Run);
    figures.push(figure(drawn));
  }
  return [quantile(figures, 0.025), quantile(figures, 0.975)];
}
