const two = (number: number) => String(number).padStart(2, '0');

/** "11:20" for 680 000 ms, "23:59:12" from an hour on; never below "0:00". */
export function clockText(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60)];
  return hours === 0
    ? `${String(minutes)}:${two(seconds % 60)}`
    : `${String(hours)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** How long is left: "2 days" while that is exact enough, then as a clock. */
export function leftText(milliseconds: number): string {
  const days = Math.floor(milliseconds / 86_400_000);
  return days >= 2 ? countText(days, 'day') : clockText(milliseconds);
}

/** "2 tickets", "1 ticket". */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
