// Says what goes on: a moving line on a terminal, plain lines elsewhere.
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const HEARTBEAT = 20_000;

/** A failure that is told as it is, without a stack. `output` is what the failed program printed. */
export class Failure extends Error {
  constructor(message, output = '') {
    super(message);
    this.output = output;
  }
}

/** Prints a failure; anything else is a defect and keeps its stack. */
export function tell(error) {
  if (!(error instanceof Failure)) return console.error(error);
  if (error.output) console.error(excerpt(error.output));
  console.error(error.message);
}

/** Prints a line, also while something moves on the terminal. */
export function say(line) {
  process.stdout.write(`${process.stdout.isTTY ? '\r\x1b[K' : ''}${line}\n`);
}

/** A long output says what is wrong at its beginning (npm) or at its end (compilers). */
function excerpt(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.length <= 60 ? lines.join('\n') : [...lines.slice(0, 20), '…', ...lines.slice(-40)].join('\n');
}

/** The last lines that hold something. */
export function lastLines(text, count) {
  const lines = text.split('\n').map((line) => line.trimEnd());
  return lines
    .filter((line) => line !== '')
    .slice(-count)
    .join('\n');
}

/**
 * Runs `work` under a label.
 * @param doing what is done, as in "Building"
 * @param done how it is called when it is done, as in "Built"; absent: nothing is said
 * @param work gets a function that adds a word on how far it is
 */
export async function step(doing, done, work) {
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  let detail = '';
  const close = process.stdout.isTTY ? spin(() => line()) : beat(() => line());
  const line = () => `${doing}${detail && ` ${detail}`}${seconds() ? ` (${seconds()} s)` : ''}`;
  if (!process.stdout.isTTY) console.log(`${doing} …`);
  try {
    const result = await work((text) => (detail = text));
    close();
    if (done) console.log(`${done} in ${Math.max(seconds(), 1)} s`);
    return result;
  } catch (error) {
    close();
    throw error;
  }
}

function spin(line) {
  let turn = 0;
  const timer = setInterval(() => {
    const width = (process.stdout.columns || 80) - 1;
    process.stdout.write(`\r\x1b[K${`${FRAMES[turn++ % FRAMES.length]} ${line()}`.slice(0, width)}`);
  }, 100);
  return () => {
    clearInterval(timer);
    process.stdout.write('\r\x1b[K');
  };
}

function beat(line) {
  const timer = setInterval(() => console.log(`${line()} …`), HEARTBEAT);
  return () => clearInterval(timer);
}
