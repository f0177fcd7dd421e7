const DID = [
  'impression',
  'click',
  'accept',
  'reject',
  'later',
  'dismiss',
  'convert',
  'not_presented',
] as const;

/** The word for what somebody did with an offer. */
export function didWord(response: string): `did.${(typeof DID)[number]}` {
  return `did.${DID.find((one) => one === response) ?? 'impression'}`;
}
