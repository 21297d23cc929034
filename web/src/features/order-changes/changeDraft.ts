import type { ChangeChoicesView, OwnLookBody } from '~/shared/api/generated/boxoffice.schemas';

/** What is picked so far; nothing means that it stays. */
export interface Draft {
  /** By position the variation it shall come in. */
  variations: Readonly<Record<string, string>>;
  /** By position and choice, how many more of that add-on. */
  added: Readonly<Record<string, number>>;
  /** Positions of add-ons that go. */
  removed: readonly string[];
}

export const NOTHING: Draft = { variations: {}, added: {}, removed: [] };

interface AddOn {
  ticket_type_id: string;
  variation_id: string | null;
}

/** Names an add-on of one ticket. */
export const addOnKey = (positionId: string, one: AddOn): string =>
  [positionId, one.ticket_type_id, one.variation_id ?? ''].join('/');

/** What to ask for; null while everything stays. */
export function lookOf(draft: Draft): OwnLookBody | null {
  const variations = Object.entries(draft.variations)
    .filter(([, variation]) => variation !== '')
    .map(([position_id, variation_id]) => ({ position_id, variation_id }));
  const added = Object.entries(draft.added).flatMap(([key, count]) => {
    const [position_id = '', ticket_type_id = '', variation = ''] = key.split('/');
    const one = {
      position_id,
      ticket_type_id,
      ...(variation !== '' && { variation_id: variation }),
    };
    return Array.from({ length: count }, () => one);
  });
  if (variations.length + added.length + draft.removed.length === 0) return null;
  return { variations, added, removed: [...draft.removed] };
}

/** How many of the group the ticket would have. */
export function countIn(
  { position_id: base, add_ons: groups }: ChangeChoicesView,
  index: number,
  draft: Draft,
): number {
  const group = groups[index];
  if (group === undefined) return 0;
  const kept = group.chosen.filter((id) => !draft.removed.includes(id)).length;
  const more = group.choices.map((one) => draft.added[addOnKey(base, one)] ?? 0);
  return more.reduce((sum, count) => sum + count, kept);
}
