import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { focusHeading } from './focus';

interface PageHeadingProps {
  title: string;
  /** The browser tab says this instead, where the title alone says too little. */
  tab?: string;
  children?: ReactNode;
}

/** The page's one h1: names the browser tab and takes the focus after navigation. */
export function PageHeading({ title, tab = title, children }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    document.title = `${tab} · Boxoffice`;
  }, [tab]);
  useEffect(() => {
    focusHeading(pathname, heading.current);
  }, [pathname]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children ?? title}
    </h1>
  );
}
