interface Named {
  ticket_type_name: string;
  variation_name?: string | null;
}

/** "Hoodie · M", or just "Hoodie". */
export function fullName({ ticket_type_name: type, variation_name: variation }: Named): string {
  return typeof variation === 'string' ? `${type} · ${variation}` : type;
}
