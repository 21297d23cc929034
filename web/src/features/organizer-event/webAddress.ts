/** For `validate`: empty, or a whole web address. */
export function isAddress(text: string): true | string {
  const typed = text.trim();
  return (
    typed === '' ||
    /^https?:\/\/[^\s.]+\.\S+$/.test(typed) ||
    'Give a whole address such as https://example.org.'
  );
}
