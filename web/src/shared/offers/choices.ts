import type {
  OfferState,
  OfferView,
  TicketCategoryView,
} from '~/shared/api/generated/boxoffice.schemas';

/** One row to choose from: a ticket type, or one variation of it. */
export interface Choice extends OfferView {
  /** Names the row in the form, and in the URL when the form is sent without JavaScript. */
  key: string;
  variationId: string | null;
  /** Tells the row from all others; `name` stands in the row itself. */
  fullName: string;
}

export function isForSale(choice: Pick<Choice, 'state'>): boolean {
  return choice.state === 'on_sale' || choice.state === 'few';
}

/** The rows of one ticket type. */
export function choicesOf(offer: OfferView): Choice[] {
  const { variations = [] } = offer;
  if (variations.length === 0) {
    return [{ ...offer, key: offer.ticket_type_id, variationId: null, fullName: offer.name }];
  }
  return variations.map(({ variation_id, ...variation }) => ({
    ...offer,
    ...variation,
    key: `${offer.ticket_type_id}.${variation_id}`,
    variationId: variation_id,
    fullName: `${offer.name} · ${variation.name}`,
    min_per_order: 1,
  }));
}

export function allChoices(offers: readonly OfferView[]): Choice[] {
  return offers.flatMap(choicesOf);
}

export interface Shelf {
  heading: TicketCategoryView | null;
  offers: OfferView[];
}

/** Types without a heading first, then heading by heading. */
export function shelvesOf(
  offers: readonly OfferView[],
  headings: readonly TicketCategoryView[],
): Shelf[] {
  return [null, ...headings]
    .map((heading) => ({
      heading,
      offers: offers.filter(({ category_id: id }) => (id ?? null) === (heading?.id ?? null)),
    }))
    .filter(({ offers: there }) => there.length > 0);
}

type Refreshable = Pick<OfferView, 'ticket_type_id' | 'state' | 'available' | 'variations'>;

function refreshedOne<One extends Refreshable>(one: One, newest: OfferState | undefined): One {
  if (newest === undefined) return one;
  const { state, available } = newest;
  const byId = new Map((newest.variations ?? []).map((known) => [known.variation_id, known]));
  const variations = (one.variations ?? []).map((known) => ({
    ...known,
    ...byId.get(known.variation_id),
  }));
  return { ...one, state, available, variations };
}

/** The offer with newer availability laid over it, its variations and its add-ons. */
export function refreshed(offer: OfferView, newest: ReadonlyMap<string, OfferState>): OfferView {
  const { add_on_groups: groups = [] } = offer;
  return {
    ...refreshedOne(offer, newest.get(offer.ticket_type_id)),
    ...(groups.length > 0 && {
      add_on_groups: groups.map((group) => ({
        ...group,
        add_ons: group.add_ons.map((one) => refreshedOne(one, newest.get(one.ticket_type_id))),
      })),
    }),
  };
}
