import type {
  AddOnGroupView,
  ContentView,
  OfferView,
} from '~/shared/api/generated/boxoffice.schemas';
import type { Lack } from './addOns';

/** "1 to 3 with each ticket, 1 of them included". */
export function groupText({ minimum: least, maximum: most, included }: AddOnGroupView): string {
  const free = most === 1 ? 'included' : `${String(included)} of them included`;
  return [manyText(least, most), included > 0 ? free : ''].filter(Boolean).join(', ') + '.';
}

function manyText(least: number, most: number): string {
  if (least === most) return most === 1 ? 'Choose one' : `Choose ${String(most)}`;
  if (least > 0) return `Choose ${String(least)} to ${String(most)}`;
  return most === 1 ? 'At most one' : `Up to ${String(most)}`;
}

/** Says what is missing. */
export function lackText({ choice, group }: Lack): string {
  return group.minimum === 1
    ? `Choose at least one of ${group.name} with each ${choice.fullName}.`
    : `Choose at least ${String(group.minimum)} of ${group.name} with each ${choice.fullName}.`;
}

function contentText({ name, variation_name: variation, units }: ContentView): string {
  const full = variation === null ? name : `${name} · ${variation}`;
  return units === 1 ? full : `${String(units)} × ${full}`;
}

/** "Includes 2 × Dinner, Shirt · M."; nothing for what is no bundle. */
export function contentsText({ contents = [] }: Pick<OfferView, 'contents'>): string {
  return contents.length === 0 ? '' : `Includes ${contents.map(contentText).join(', ')}.`;
}
