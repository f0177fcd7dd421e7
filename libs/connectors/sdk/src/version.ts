/** The version of this SDK's contract. A connector states the range it was written for as `sdk`. */
export const SDK_VERSION = '1.0.0';

const RANGE = /^(\^?)(\d+)\.(\d+)\.(\d+)$/;

/**
 * Whether `range` takes `version`. Ranges are an exact version (`1.2.3`) or a caret (`^1.2.3`: the same major, not
 * older), as semver defines them for versions from 1.0.0 on. Anything else takes nothing.
 */
export function acceptsSdk(range: string, version: string = SDK_VERSION): boolean {
  const wanted = RANGE.exec(range);
  const given = RANGE.exec(version);
  if (!wanted || !given) return false;
  const [major, minor, patch] = numbers(wanted);
  const [givenMajor, givenMinor, givenPatch] = numbers(given);
  if (major !== givenMajor) return false;
  if (!wanted[1]) return minor === givenMinor && patch === givenPatch;
  return givenMinor > minor || (givenMinor === minor && givenPatch >= patch);
}

function numbers(match: RegExpExecArray): [number, number, number] {
  return [Number(match[2]), Number(match[3]), Number(match[4])];
}
