import { type Stage, stages } from '@repartee/learning/domain';

/** So many texts are kept for an offer; context weights are few, as a rule. */
const MOST = 8;

/** The beginning of an offer's row in every receipt, by stage: `["key",0,`. */
export function rowsOf(key: string): Readonly<Record<Stage, string>> {
  const json = JSON.stringify(key);
  return Object.fromEntries(stages.map((stage, number) => [stage, `[${json},${number},`])) as Record<
    Stage,
    string
  >;
}

/** C, V and L of an offer as receipts say them: written once for each C that its own L comes with. */
export class RatingTexts {
  private readonly weights: number[] = [];
  private readonly texts: string[] = [];

  constructor(
    private readonly value: number,
    private readonly lever: number,
  ) {}

  of(contextWeight: number, lever: number): string {
    if (lever !== this.lever) return this.write(contextWeight, lever);
    const { weights, texts } = this;
    for (let at = 0; at < weights.length; at += 1) if (weights[at] === contextWeight) return texts[at]!;
    const text = this.write(contextWeight, lever);
    if (weights.length < MOST) {
      weights.push(contextWeight);
      texts.push(text);
    }
    return text;
  }

  private write(contextWeight: number, lever: number): string {
    return `${contextWeight},${this.value},${lever}`;
  }
}
