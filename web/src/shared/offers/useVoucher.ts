import { useSearchParams } from 'react-router';

/** The code that a link such as /e/…?voucher=CODE brings along. */
export function useVoucher(): string | null {
  const [search] = useSearchParams();
  const code = search.get('voucher')?.trim() ?? '';
  return code === '' ? null : code.slice(0, 64);
}
