const ASKING = 'fieldnote:consent';
const ANSWER = 'fieldnote:consent-answer';

/** The shop asks before it records anything when it is entered with `?consent=ask`, until the tab is closed. */
export function asksForConsent(): boolean {
  const asked = new URLSearchParams(location.search).get('consent') === 'ask';
  return attempt(() => {
    if (asked) sessionStorage.setItem(ASKING, 'ask');
    return rememberedAnswer() === undefined && sessionStorage.getItem(ASKING) === 'ask';
  }, asked);
}

/** What was answered in this browser; undefined where nobody was asked. */
export function rememberedAnswer(): boolean | undefined {
  const answer = attempt(() => localStorage.getItem(ANSWER), null);
  return answer === null ? undefined : answer === 'yes';
}

export function rememberAnswer(analytics: boolean): void {
  attempt(() => localStorage.setItem(ANSWER, analytics ? 'yes' : 'no'), undefined);
}

/** Browsers may bar storage. */
function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
