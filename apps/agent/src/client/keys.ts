import { useEffect, useRef } from 'react';

export type KeyMap = Readonly<Record<string, () => void>>;

const OFF = 'repartee-desk-keys-off';
const FIELDS = 'input, textarea, select, [contenteditable], [role=menu], [role=listbox], [role=dialog]';

/** Single keys can be turned off, as speech input may press them by mistake (WCAG 2.1.4). */
export function keysAreOn(): boolean {
  return localStorage.getItem(OFF) === null;
}

/** Kept in this browser; a key that does nothing is not shown beside what it would do either. */
export function setKeysOn(on: boolean): void {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, '1');
  showKeys();
}

export function showKeys(): void {
  document.documentElement.toggleAttribute('data-keys-off', !keysAreOn());
}

/** Single keys of the desk; while somebody types or a dialog is open they mean what they are. */
export function useKeys(keys: KeyMap): void {
  const held = useRef(keys);
  held.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !keysAreOn()) return;
      if (event.target instanceof Element && event.target.closest(FIELDS)) return;
      if (document.querySelector('[role=dialog]:not([hidden])')) return;
      const act = held.current[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
