import type { CallingHours, CountryCalling } from './calling-hours.js';

const WEEKDAYS = [1, 2, 3, 4, 5];
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];

/** Where no rule of a country is known. */
export const DEFAULT_CALLING_HOURS: readonly CallingHours[] = [
  { days: [...WEEKDAYS, 6], from: '09:00', until: '20:00' },
];

/**
 * What holds unless the settings say otherwise. Public holidays are not in it, and no table replaces legal advice.
 * US: 47 CFR 64.1200(c)(1). CA: CRTC Unsolicited Telecommunications Rules, part III, 23. AU: Telecommunications
 * (Telemarketing and Research Calls) Industry Standard 2017, as donotcall.gov.au tells it. FR: Code de la consommation,
 * D223-9 (décret 2022-1313). ES: Real Decreto Legislativo 1/2007, 96.2. IT: Garante per la protezione dei dati personali,
 * codice di condotta telemarketing e teleselling, 2024. The other countries have {@link DEFAULT_CALLING_HOURS}: a
 * reserve of our own, no rule of theirs.
 */
export const DEFAULT_COUNTRIES: Readonly<Record<string, CountryCalling>> = {
  US: {
    hours: [{ days: ALL_DAYS, from: '08:00', until: '21:00' }],
    zones: [
      'America/New_York',
      'America/Chicago',
      'America/Denver',
      'America/Phoenix',
      'America/Los_Angeles',
      'America/Anchorage',
      'Pacific/Honolulu',
    ],
  },
  CA: {
    hours: [
      { days: WEEKDAYS, from: '09:00', until: '21:30' },
      { days: [6, 7], from: '10:00', until: '18:00' },
    ],
    zones: [
      'America/St_Johns',
      'America/Halifax',
      'America/Toronto',
      'America/Winnipeg',
      'America/Regina',
      'America/Edmonton',
      'America/Vancouver',
    ],
  },
  AU: {
    hours: [
      { days: WEEKDAYS, from: '09:00', until: '20:00' },
      { days: [6], from: '09:00', until: '17:00' },
    ],
    zones: ['Australia/Sydney', 'Australia/Brisbane', 'Australia/Adelaide', 'Australia/Perth'],
  },
  FR: {
    hours: [
      { days: WEEKDAYS, from: '10:00', until: '13:00' },
      { days: WEEKDAYS, from: '14:00', until: '20:00' },
    ],
    zones: ['Europe/Paris'],
  },
  ES: {
    hours: [{ days: WEEKDAYS, from: '09:00', until: '21:00' }],
    zones: ['Europe/Madrid', 'Atlantic/Canary'],
  },
  IT: {
    hours: [
      { days: WEEKDAYS, from: '09:00', until: '20:00' },
      { days: [6], from: '10:00', until: '19:00' },
    ],
    zones: ['Europe/Rome'],
  },
  GB: { hours: DEFAULT_CALLING_HOURS, zones: ['Europe/London'] },
  IE: { hours: DEFAULT_CALLING_HOURS, zones: ['Europe/Dublin'] },
  DE: { hours: DEFAULT_CALLING_HOURS, zones: ['Europe/Berlin'] },
  AT: { hours: DEFAULT_CALLING_HOURS, zones: ['Europe/Vienna'] },
  CH: { hours: DEFAULT_CALLING_HOURS, zones: ['Europe/Zurich'] },
  NL: { hours: DEFAULT_CALLING_HOURS, zones: ['Europe/Amsterdam'] },
  IN: { hours: DEFAULT_CALLING_HOURS, zones: ['Asia/Kolkata'] },
  SG: { hours: DEFAULT_CALLING_HOURS, zones: ['Asia/Singapore'] },
  TH: { hours: DEFAULT_CALLING_HOURS, zones: ['Asia/Bangkok'] },
};
