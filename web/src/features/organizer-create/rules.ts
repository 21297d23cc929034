import type { RegisterOptions } from 'react-hook-form';
import { minorUnits, wholeNumber } from '~/shared/organizer/prices';
import { END, START } from '~/shared/organizer/startEnd';
import type { Draft } from './draft';

type Rules = { [K in keyof Draft]?: RegisterOptions<Draft, K> };

const filled = (message: string) => (text: string) => text.trim() !== '' || message;

/** What every field must be; the words say what to do. */
export const rules: Rules = {
  title: { validate: filled('Give the event a title.') },
  startsAt: START,
  endsAt: END,
  venue: {
    validate: (venue, { format }) =>
      format === 'online' || venue.trim() !== '' || 'Name the venue.',
  },
  city: {
    validate: (city, { format }) => format === 'online' || city.trim() !== '' || 'Name the city.',
  },
  onlineUrl: {
    validate: (url, { format }) =>
      format !== 'online' ||
      url.trim() === '' ||
      /^https?:\/\/[^\s.]+\.\S+$/.test(url.trim()) ||
      'Give a whole address such as https://example.org/live.',
  },
  ticketName: { validate: filled('Name the ticket, such as Regular.') },
  price: {
    validate: (price, { currency }) =>
      minorUnits(price, currency) !== null || 'Give a price such as 12 or 12.50; 0 is free.',
  },
  quantity: {
    validate: (quantity) =>
      wholeNumber(quantity, 1) !== null || 'Say how many tickets there are, such as 200.',
  },
};
