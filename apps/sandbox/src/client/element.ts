type Child = Node | string | null;
type Attributes = Record<string, string | boolean | ((event: Event) => void) | undefined>;

/** Builds an element. Text goes in as text, never as markup: mails are written by strangers. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, '');
    else if (typeof value === 'string') node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** The element of the page with this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const node = document.getElementById(id);
  if (!node) throw new Error(`The page has no #${id}`);
  return node as T;
}

/** A centred note: nothing here, or something failed. */
export function note(
  title: string,
  detail: string,
  action?: { label: string; run: () => void },
): HTMLElement {
  return element(
    'div',
    { class: 'state' },
    element('h2', {}, title),
    element('p', {}, detail),
    action ? element('button', { type: 'button', class: 'quiet', click: action.run }, action.label) : null,
  );
}
