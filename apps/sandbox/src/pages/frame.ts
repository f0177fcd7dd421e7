import { languages, textsOf, type Language, type Texts } from '../client/languages.js';

/** The rooms of the sandbox, in the order of its navigation; each is named by a text. */
const rooms = [
  ['story', '/sandbox/story'],
  ['mailbox', '/sandbox'],
  ['phones', '/sandbox/phones'],
  ['calls', '/sandbox/calls'],
  ['kiosk', '/sandbox/kiosk'],
  ['clock', '/sandbox/clock'],
  ['faults', '/sandbox/faults'],
] as const;

export type Room = (typeof rooms)[number][0];

/** What a room puts into the frame: markup of ours, never of anybody else. */
export interface RoomParts {
  room: Room;
  /** Name of the module that fills the room. */
  script: string;
  styles?: string;
  /** Beside the navigation. */
  tools?: string;
  main: string;
  /** What keys do. */
  keys?: string;
  skip?: string;
  /** Where a program finds what the page shows. */
  api: string;
}

/** The head and the frame that all rooms share. */
export function frame(language: Language, { room, tools = '', ...parts }: RoomParts): string {
  const t = textsOf(language);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${t[room]} · Repartee ${t.sandbox}</title>
<link rel="icon" href="/sandbox/assets/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/sandbox/assets/sandbox.css">${stylesheet(parts.styles)}
<script type="module" src="/sandbox/assets/${parts.script}"></script>
</head>
<body>
<a class="skip" href="#view">${parts.skip ?? t[room]}</a>
<header class="bar">
  <a class="brand" href="/sandbox/story"><img src="/sandbox/assets/mark.svg" alt="" width="26" height="26"><span>Repartee</span><small>${t.sandbox}</small></a>
  <nav class="rooms" aria-label="${t.rooms}">${rooms.map((one) => roomLink(one, room, t)).join('')}</nav>
  ${tools}
  <p class="live" id="live" role="status" data-state="connecting"><span class="live-dot"></span><span id="live-text">${t.connecting}</span></p>
  <p class="business-time" id="business-time" hidden></p>
  <label class="language"><span class="visually-hidden">${t.language}</span><select id="language" data-testid="language">${languageOptions(language)}</select></label>
</header>
${parts.main}
<footer class="keys" aria-hidden="true">${parts.keys ?? ''}</footer>
<noscript><p class="state">${t.needsJavaScript} <a href="${parts.api}">${parts.api}</a>.</p></noscript>
</body>
</html>`;
}

function roomLink([name, path]: (typeof rooms)[number], present: Room, t: Texts): string {
  const current = name === present ? ' aria-current="page"' : '';
  return `<a href="${path}"${current}>${t[name]}</a>`;
}

function stylesheet(name: string | undefined): string {
  return name === undefined ? '' : `\n<link rel="stylesheet" href="/sandbox/assets/${name}">`;
}

function languageOptions(present: Language): string {
  return Object.entries(languages)
    .map(([code, name]) => {
      const selected = code === present ? ' selected' : '';
      return `<option value="${code}" lang="${code}"${selected}>${name}</option>`;
    })
    .join('');
}
