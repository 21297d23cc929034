import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';
import { paths } from '~/shared/paths';
import { useArea } from './area';
import styles from './EventTabs.module.css';
import type { Ability } from './permissions';
import { useMay } from './useMay';

interface TabProps {
  to: string;
  label: string;
  /** Who can use what is behind it; the others do not see it. */
  may: Ability;
}

function Tab({ to, label, may }: TabProps) {
  if (!useMay(may)) return null;
  return (
    <NavLink to={to} end>
      {label}
    </NavLink>
  );
}

/** On a phone not all tabs fit: the current one is moved into view. */
function useCurrentInView() {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const tab = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (tab && nav.current) nav.current.scrollLeft = tab.offsetLeft - nav.current.offsetLeft - 96;
  }, [pathname]);
  return nav;
}

/** The ways to everything that belongs to one event. */
export function EventTabs({ eventId }: { eventId: string }) {
  const { slug } = useArea();
  const nav = useCurrentInView();
  return (
    <nav ref={nav} className={styles.tabs} aria-label="This event">
      <Tab to={paths.managedEvent(slug, eventId)} label="Overview" may="events:read" />
      <Tab to={paths.eventDates(slug, eventId)} label="Dates" may="events:read" />
      <Tab to={paths.managedSeats(slug, eventId)} label="Seats" may="events:read" />
      <Tab to={paths.eventPrices(slug, eventId)} label="Prices" may="events:read" />
      <Tab to={paths.vouchers(slug, eventId)} label="Vouchers" may="events:write" />
      <Tab to={paths.questions(slug, eventId)} label="Questions" may="events:write" />
      <Tab to={paths.presale(slug, eventId)} label="Early access" may="orders:read" />
      <Tab to={paths.waitlist(slug, eventId)} label="Waiting list" may="orders:read" />
      <Tab to={paths.orderPolicy(slug, eventId)} label="After the sale" may="events:read" />
    </nav>
  );
}
