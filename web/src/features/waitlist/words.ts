import type { WaitlistEntryView } from '~/shared/api/generated/boxoffice.schemas';
import { countText } from '~/shared/format/duration';

const TITLES: Record<WaitlistEntryView['state'], string> = {
  waiting: 'You are on the waiting list',
  offered: 'It is your turn',
  expired: 'Your offer has ended',
  accepted: 'You took your tickets',
  declined: 'You said no',
  left: 'You left the list',
  removed: 'You are not on the list any more',
};

export function titleOf({ state }: WaitlistEntryView): string {
  return TITLES[state];
}

/** "You are number 3 of 12", or what a lottery can say. */
export function positionText({ position, waiting }: WaitlistEntryView): string {
  if (position === null) {
    return `${countText(waiting, 'person', 'people')} waiting. Who is next is drawn by lot.`;
  }
  return position === 1
    ? 'You are next.'
    : `You are number ${String(position)} of ${String(waiting)}.`;
}

/** What became of a place that is over. */
export const overText: Partial<Record<WaitlistEntryView['state'], string>> = {
  accepted: 'Your order has its own link, which we mailed you once it was confirmed.',
  declined: 'Somebody else is asked now. Thank you for saying so.',
  left: 'We will not write about this event again.',
  removed: 'The organizer has taken this place off the list.',
};

/** "Floor or Balcony". */
export function wishText({ wishes }: WaitlistEntryView): string {
  return wishes
    .map(({ ticket_type_name: name, variation_names: variations }) =>
      variations.length === 0 ? name : `${name} (${variations.join(', ')})`,
    )
    .join(' or ');
}
