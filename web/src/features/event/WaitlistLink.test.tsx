import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { EventPage } from '~/shared/api/generated/boxoffice.schemas';
import { eventPage, offerView } from '~/testing/events';
import { renderPage } from '~/testing/render';
import { WaitlistLink } from './WaitlistLink';

const gone = offerView('floor', 2850, { state: 'sold_out' });
const left = offerView('balcony', 4000);

function show(changes: Partial<EventPage>) {
  const event = eventPage({ offers: [gone], waitlist_open: true, ...changes });
  return renderPage(<WaitlistLink event={event} occurrenceId="oc1" />, '/', '/');
}

test.each([{ offers: [gone] }, { offers: [gone, left] }])(
  'where something is sold out one can wait for that date',
  (changes) => {
    show(changes);
    expect(screen.getByRole('link', { name: 'Join the waiting list' })).toHaveAttribute(
      'href',
      '/e/paradiso/night-bus/waitlist?occurrence=oc1',
    );
  },
);

test.each([{ offers: [left] }, { waitlist_open: false }])(
  'nobody is asked to wait for nothing',
  (changes) => {
    show(changes);
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  },
);
