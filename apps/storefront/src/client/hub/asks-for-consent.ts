/** The shop asks before it records anything when it is entered with `?consent=ask`, until the tab is closed. */
export function asksForConsent(): boolean {
  const asked = new URLSearchParams(location.search).get('consent') === 'ask';
  try {
    if (asked) sessionStorage.setItem('fieldnote:consent', 'ask');
    return asked || sessionStorage.getItem('fieldnote:consent') === 'ask';
  } catch {
    return asked;
  }
}
