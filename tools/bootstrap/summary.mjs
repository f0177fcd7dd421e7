// What a newcomer sees when everything runs.

export function summary({ url, keys, accounts, summary: more = [] }, logs) {
  const decision = { identifiers: { anonymousId: 'me' }, channel: 'web', zones: [{ zone: 'home.hero' }] };
  return [
    '',
    '  Repartee is running.',
    '',
    `  Shop            ${url}/shop`,
    `  Sandbox         ${url}/sandbox   (the mailbox; phones at /sandbox/phones)`,
    `  Sign in         ${url}/signin`,
    `  API             ${url}/docs`,
    `  Health          ${url}/health/ready`,
    '',
    `  Write key       ${keys.write}`,
    `  Server key      ${keys.server}`,
    `  Admin key       ${keys.admin}`,
    `  Signing secret  ${keys.signingSecret}`,
    '',
    ...signIns(url, accounts),
    ...more.map((line) => `  ${line}`),
    ...(more.length ? [''] : []),
    '  Try it, and ask what to show a visitor nobody knows yet:',
    '',
    `  curl -s ${url}/v1/decisions -H 'Authorization: Bearer ${keys.server}' -H 'Content-Type: application/json' -d '${JSON.stringify(decision)}'`,
    '',
    `  Logs are in ${logs}. Ctrl-C stops.`,
    '',
  ];
}

/** Passwords are shown by the start that made them; later they are in the data folder. */
function signIns(url, { made = [], invitation } = {}) {
  const lines = made.map(({ email, password }) => `  ${email.padEnd(26)}${password}`);
  if (invitation) lines.push(`  ${invitation.email.padEnd(26)}${invitation.url}`);
  return lines.length > 0 ? [`  Who may sign in, shown this once:`, '', ...lines, ''] : [];
}
