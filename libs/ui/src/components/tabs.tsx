import { Tab, TabList, TabPanel, TabProvider } from '@ariakit/react';
import type { ReactNode } from 'react';

export interface TabEntry {
  key: string;
  label: ReactNode;
  content: ReactNode;
}

export interface TabsProps {
  /** What the tabs choose among, for assistive technology. */
  name: string;
  tabs: readonly TabEntry[];
  /** Where somebody else says which is open. */
  selected?: string;
  onSelect?(key: string): void;
}

/** Several views in one place; only the open one is in the page. */
export function Tabs({ name, tabs, selected, onSelect }: TabsProps): ReactNode {
  return (
    <TabProvider
      {...(selected === undefined ? { defaultSelectedId: tabs[0]?.key ?? null } : { selectedId: selected })}
      setSelectedId={(key) => key && onSelect?.(key)}
    >
      <TabList className="ui-tabs" aria-label={name}>
        {tabs.map(({ key, label }) => (
          <Tab key={key} id={key} className="ui-tab">
            {label}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ key, content }) => (
        <TabPanel key={key} tabId={key} unmountOnHide className="ui-tab-panel">
          {content}
        </TabPanel>
      ))}
    </TabProvider>
  );
}
