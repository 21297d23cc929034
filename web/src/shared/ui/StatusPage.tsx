import type { ReactNode } from 'react';
import { paths } from '~/shared/paths';
import { ButtonLink } from './Button';
import { PageHeading } from './PageHeading';

interface StatusPageProps {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  /** Below all that: what else one can do. */
  more?: ReactNode;
}

/** A whole page for an unknown, withdrawn or failing URL. */
export function StatusPage({ title, children, actions, more }: StatusPageProps) {
  return (
    <div className="wrap problem">
      <PageHeading title={title} />
      <div className="lede">{children}</div>
      <div className="chips">
        {actions}
        <ButtonLink to={paths.discover} look={actions === undefined ? 'main' : 'line'}>
          See what’s on
        </ButtonLink>
      </div>
      {more}
    </div>
  );
}
