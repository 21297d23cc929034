import { queryOptions } from '@tanstack/react-query';
import { getEventPrices, listTaxRules } from '~/shared/api/generated/boxoffice';
import { areaKey } from '~/shared/organizer/queries';

/** The event's price rules and what each ticket type costs under them. */
export function pricesQuery(organizer: string, eventId: string) {
  return queryOptions({
    queryKey: [...areaKey(organizer), 'prices', eventId],
    queryFn: ({ signal }) => getEventPrices(organizer, eventId, { signal }),
    staleTime: 5_000,
  });
}

export function taxRulesQuery(organizer: string) {
  return queryOptions({
    queryKey: [...areaKey(organizer), 'tax-rules'],
    queryFn: async ({ signal }) => (await listTaxRules(organizer, { signal })).items,
    staleTime: 5_000,
  });
}
