import { useState } from 'react';
import { tabOnly } from '~/shared/state/storage';
import { asParts, withoutPart, withPart, type DatePart } from './dates';

/** Remembered by the tab, so that they come along to the seat map and back. */
const keyOf = (eventId: string) => `boxoffice.dates.${eventId}`;

/** They are in an order now. */
export function forgetDateParts(eventId: string): void {
  tabOnly.write(keyOf(eventId), null);
}

/** The dates of an event that something has been chosen for already. */
export function useDateParts(eventId: string) {
  const [parts, setParts] = useState(() => asParts(tabOnly.read(keyOf(eventId))));
  const set = (changed: DatePart[]) => {
    tabOnly.write(keyOf(eventId), changed.length === 0 ? null : changed);
    setParts(changed);
  };
  return {
    parts,
    add: (part: DatePart | null) => {
      if (part !== null) set(withPart(parts, part));
    },
    remove: (part: DatePart) => {
      set(withoutPart(parts, part));
    },
  };
}
