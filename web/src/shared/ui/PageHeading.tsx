import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { focusHeading } from './focus';

/** The page's one h1: names the browser tab and takes the focus after navigation. */
export function PageHeading({ title, children }: { title: string; children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    document.title = title === 'Boxoffice' ? title : `${title} · Boxoffice`;
  }, [title]);
  useEffect(() => {
    focusHeading(pathname, heading.current);
  }, [pathname]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children ?? title}
    </h1>
  );
}
