import type { ReactNode } from 'react';
import { Panel } from '~/shared/ui/Panel';
import { useArea } from './area';
import { Page } from './Page';
import { refusalText, type Ability } from './permissions';
import { useMay } from './useMay';

interface AllowedProps {
  to: Ability;
  title: string;
  children: ReactNode;
}

/** The page, for those who may use it; for the others, who can let them in. */
export function Allowed({ to, title, children }: AllowedProps) {
  const { role, name } = useArea();
  if (useMay(to)) return children;
  return (
    <Page title={title}>
      <Panel tone="careful" icon="user" title="Not with your role">
        <p>{refusalText(to, role, name)}</p>
      </Panel>
    </Page>
  );
}
