/** A stream that the evaluation knows, what is aimed at on it, and what others reach. */
export interface ShippedStream {
  name: string;
  file: string;
  source: string;
  goal: string;
  peers: string;
}

const UCI = 'archive.ics.uci.edu, CC BY 4.0, as a stream of {y, x}';

export const SHIPPED_STREAMS: readonly ShippedStream[] = [
  {
    name: 'digits',
    file: 'digits.jsonl',
    source: `${UCI}: Optical Recognition of Handwritten Digits`,
    goal: 'loss ≤ .15',
    peers: 'Vowpal Wabbit, best of 56 settings .238; LinUCB .133',
  },
  {
    name: 'pendigits',
    file: 'pendigits.jsonl',
    source: `${UCI}: Pen-Based Recognition of Handwritten Digits`,
    goal: 'loss ≤ .125',
    peers: 'Vowpal Wabbit, best of 56 settings .187; LinUCB .118',
  },
  {
    name: 'bank',
    file: 'bank.jsonl.gz',
    source: `${UCI}: Bank Marketing`,
    goal: 'loss ≤ .1016',
    peers: 'Vowpal Wabbit, best of 56 settings .1016; LinUCB .1014',
  },
  {
    name: 'nba_sim',
    file: 'nba_sim.jsonl.gz',
    source: 'the project’s own simulation with known truth, as a stream of {x, e, p, r}',
    goal: 'regret ≤ .0240, last quarter ≤ .0300',
    peers:
      'mean (last quarter): random .0987 (.1098); adaptive naive Bayes .0489 (.0657); ' +
      'diagonal logistic Thompson sampling .0373 (.0585); LinTS .0296 (.0467); LinUCB .0265 (.0443)',
  },
];

export const OPEN_BANDIT = {
  logged: 'obd_random_men.csv.gz',
  target: 'obd_bts_men.csv.gz',
  priors: 'obd_prior_bts.yaml',
  campaign: 'men',
  source: 'github.com/st-tech/zr-obp (Saito et al., arXiv:2008.07146)',
} as const;
