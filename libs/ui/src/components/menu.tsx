import { Menu as Popup, MenuButton, MenuItem, MenuProvider } from '@ariakit/react';
import type { ReactNode } from 'react';

export interface MenuEntry {
  key: string;
  label: ReactNode;
  icon?: ReactNode;
  /** At the end of the line: a shortcut, a mark. */
  mark?: ReactNode;
  disabled?: boolean;
  onPick(): void;
}

export interface MenuProps {
  label: ReactNode;
  /** Needed where the label is an icon alone. */
  name?: string;
  entries: readonly MenuEntry[];
  look?: 'plain' | 'quiet' | 'primary';
  size?: 'small' | 'medium';
}

/** What can be done, behind one button. */
export function Menu({ label, name, entries, look = 'plain', size = 'medium' }: MenuProps): ReactNode {
  return (
    <MenuProvider>
      <MenuButton
        className="ui-button"
        data-look={look}
        data-size={size}
        {...(name !== undefined && { 'aria-label': name })}
      >
        {label}
      </MenuButton>
      <Popup className="ui-popup" gutter={6} portal unmountOnHide>
        {entries.map(({ key, label: words, icon, mark, disabled, onPick }) => (
          <MenuItem key={key} className="ui-option" disabled={disabled ?? false} onClick={onPick}>
            {icon}
            <span>{words}</span>
            {mark}
          </MenuItem>
        ))}
      </Popup>
    </MenuProvider>
  );
}
