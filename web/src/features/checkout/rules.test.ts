import { describe, expect, it } from 'vitest';
import { ApiError, localProblem } from '~/shared/api/problems';
import { heldOrder } from '~/testing/orders';
import { attemptKey, settleAttempt } from '~/shared/paying/attempts';
import { knownDetails, keepDetails } from './draft';
import { announcementAt } from './HoldTimer';
import { linesByDate, linesOf, sameAgain } from './lines';
import { EDITING, submissionReducer, verdictOf } from './submission';
import { submitText } from './words';

const refusal = (code: string) => new ApiError({ ...localProblem(code, '', ''), status: 409 });
const silence = new ApiError(localProblem('unreachable', '', ''));

describe('a submission', () => {
  it('is sent once: a second press changes nothing', () => {
    const sending = submissionReducer(EDITING, { type: 'sent' });
    expect(sending.phase).toBe('sending');
    expect(submissionReducer(sending, { type: 'sent' })).toBe(sending);
  });

  it.each([
    [refusal('card_declined'), 'editing'],
    [refusal('hold_expired'), 'expired'],
    [refusal('payment_under_way'), 'checking'],
    [silence, 'checking'],
  ])('after %s is %s', (error, phase) => {
    expect(submissionReducer({ phase: 'sending' }, { type: 'failed', error }).phase).toBe(phase);
  });

  it('that never went out leaves nothing open', () => {
    const state = submissionReducer({ phase: 'sending' }, { type: 'refused', error: silence });
    expect(state).toEqual({ phase: 'editing', error: silence, note: null });
  });

  it('is not ended by the clock while the bank is asked', () => {
    expect(submissionReducer({ phase: 'sending' }, { type: 'expired' }).phase).toBe('sending');
    expect(submissionReducer(EDITING, { type: 'expired' }).phase).toBe('expired');
  });

  it('is judged by the order itself', () => {
    expect(verdictOf(heldOrder({ status: 'confirmed' }))).toBe('bought');
    expect(verdictOf(heldOrder({ status: 'awaiting_payment', payment_status: 'pending' }))).toBe(
      'pending',
    );
    expect(verdictOf(heldOrder())).toBe('notCharged');
    expect(verdictOf(heldOrder({ status: 'expired' }))).toBe('over');
  });
});

describe('an attempt', () => {
  it('keeps its key while the outcome is unknown, and gets a new one after an answer', () => {
    const first = attemptKey('o1', 'card');
    settleAttempt('o1', silence);
    expect(attemptKey('o1', 'card')).toBe(first);
    settleAttempt('o1', refusal('card_declined'));
    expect(attemptKey('o1', 'card')).not.toBe(first);
  });

  it('with another card is another attempt', () => {
    expect(attemptKey('o1', 'one')).not.toBe(attemptKey('o1', 'two'));
  });

  it('carries a key that cannot be guessed', () => {
    expect(attemptKey('o2', 'card')).toMatch(/^[0-9a-f]{32}$/);
  });
});

it('groups positions into lines and asks for the same again', () => {
  expect(linesOf(heldOrder())).toEqual([
    expect.objectContaining({
      name: 'Floor',
      quantity: 2,
      seats: [],
      total: { amount: 5700, currency: 'EUR' },
    }),
  ]);
  expect(sameAgain(heldOrder())).toEqual([
    { ticket_type_id: 'floor', quantity: 2, price: 2850, expected_price: 5700, seats: [] },
  ]);
});

it('keeps variations apart', () => {
  const [first, second] = heldOrder().positions;
  if (first === undefined || second === undefined) throw new Error('no positions');
  const small = { ...first, variation_id: 's', variation_name: 'S' };
  const order = heldOrder({ positions: [small, second] });
  expect(linesOf(order).map(({ name, quantity }) => [name, quantity])).toEqual([
    ['Floor · S', 1],
    ['Floor', 1],
  ]);
  expect(sameAgain(order)).toEqual([
    expect.objectContaining({ ticket_type_id: 'floor', variation_id: 's', quantity: 1 }),
    expect.objectContaining({ ticket_type_id: 'floor', quantity: 1 }),
  ]);
});

it('keeps dates apart', () => {
  const [first, second] = heldOrder().positions;
  if (first === undefined || second === undefined) throw new Error('no positions');
  const date = {
    occurrence_id: 'd2',
    starts_at: '2027-03-24T18:00:00Z',
    ends_at: '2027-03-24T20:00:00Z',
  };
  const order = heldOrder({ positions: [first, { ...second, date }] });
  const shown = linesByDate(order).map(({ when, lines }) => [when, lines.map(({ name }) => name)]);
  expect(shown).toEqual([
    ['Sat 13 Mar 2027, 20:00–23:30', ['Floor']],
    ['Wed 24 Mar 2027, 19:00–21:00', ['Floor']],
  ]);
  expect(linesByDate(heldOrder()).map(({ when }) => when)).toEqual([null]);
  expect(sameAgain(order)[1]).toEqual(expect.objectContaining({ occurrence_id: 'd2' }));
});

it('lists numbered seats and asks for them again by name', () => {
  const order = heldOrder();
  const positions = order.positions.map((position) => ({
    ...position,
    seat: {
      id: `s${String(position.number)}`,
      section: 'Hall',
      row: '1',
      number: String(position.number),
      label: `Hall, row 1, seat ${String(position.number)}`,
    },
  }));
  const seated = { ...order, positions };
  expect(linesOf(seated)[0]?.seats).toEqual(['Hall, row 1, seat 1', 'Hall, row 1, seat 2']);
  expect(sameAgain(seated)).toEqual([
    expect.objectContaining({ ticket_type_id: 'floor', quantity: 2, seats: ['s1', 's2'] }),
  ]);
});

it('says on the button what it costs', () => {
  const price = (amount: number) => ({ amount, currency: 'EUR' });
  const positions = heldOrder().positions.slice(0, 1);
  expect(submitText(heldOrder({ total: price(8400) }))).toBe('Pay €84.00');
  expect(submitText(heldOrder({ due: price(400) }))).toBe('Pay €4.00');
  expect(submitText(heldOrder({ total: price(0), positions }))).toBe('Get free ticket');
});

it('announces the end of the hold at five, two and one minutes only', () => {
  const texts = [301, 299, 121, 119, 61, 59, 0].map((seconds) => announcementAt(seconds * 1000));
  expect(new Set(texts)).toEqual(
    new Set([
      '',
      '5 minutes left to buy your tickets.',
      '2 minutes left to buy your tickets.',
      'One minute left to buy your tickets.',
    ]),
  );
  expect(texts[0]).toBe('');
});

it('knows the buyer from this tab, the order, or the account, in this order', () => {
  const guest = { status: 'guest', me: null } as const;
  expect(knownDetails(heldOrder(), guest)).toEqual({ email: '', name: '' });
  const buyer = { email: 'ana@example.org', name: 'Ana' };
  expect(knownDetails(heldOrder({ buyer }), guest)).toEqual(buyer);
  keepDetails(heldOrder(), { email: 'bo@example.org', name: '' });
  expect(knownDetails(heldOrder({ buyer }), guest).email).toBe('bo@example.org');
});

it('names what comes with a ticket, and asks for it again with it', () => {
  const order = heldOrder();
  const [base] = order.positions;
  if (base === undefined) throw new Error('no position');
  const price = { amount: 0, currency: 'EUR' };
  const part = (id: string, changes: object) => ({
    ...base,
    id,
    ticket_type_id: id,
    ticket_type_name: id,
    price,
    list_price: price,
    parent_id: base.id,
    ...changes,
  });
  const positions = [base, part('mug', {}), part('dinner', { bundled: true })];
  const bought = heldOrder({ positions });
  expect(linesOf(bought).map(({ name, isExtra }) => [name, isExtra])).toEqual([
    ['Floor', false],
    ['mug', true],
    ['dinner', true],
  ]);
  expect(sameAgain(bought)).toEqual([
    {
      ticket_type_id: 'floor',
      quantity: 1,
      price: 2850,
      expected_price: 2850,
      seats: [],
      add_ons: [{ ticket_type_id: 'mug', quantity: 1, price: 0 }],
    },
  ]);
});
