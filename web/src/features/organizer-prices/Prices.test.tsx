import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import type { EventPricesView } from '~/shared/api/generated/boxoffice.schemas';
import { managedEvent, renderInArea } from '~/testing/organizer';
import { server } from '~/testing/server';
import { Prices } from './Prices';

const ORGANIZER = '/api/v1/organizers/paradiso';
const vat = {
  id: 'vat',
  name: 'VAT 19 %',
  rate: 19_000,
  inclusive: true,
  country: null,
  cases: [{}],
};
const euro = (amount: number) => ({ amount, currency: 'EUR' });

function prices(changes: Partial<EventPricesView> = {}): EventPricesView {
  return {
    currency: 'EUR',
    rounding: 'line',
    tax_rule_id: null,
    type_taxes: [],
    fees: [],
    discounts: [],
    prices: [
      {
        ticket_type_id: 'floor',
        name: 'Floor',
        list_price: euro(3),
        price: euro(4),
        net: euro(3),
        tax: euro(1),
        fees: euro(0),
        warning: 'EUR 0.03 has no net price with VAT 19 %; one ticket alone costs EUR 0.04.',
      },
    ],
    ...changes,
  };
}

function show(view: EventPricesView, permissions?: string[]) {
  const saved: unknown[] = [];
  server.use(
    http.get(`${ORGANIZER}/events/e1`, () => HttpResponse.json(managedEvent())),
    http.get(`${ORGANIZER}/events/e1/prices`, () => HttpResponse.json(view)),
    http.get(`${ORGANIZER}/tax-rules`, () => HttpResponse.json({ items: [vat] })),
    http.put(`${ORGANIZER}/events/e1/prices`, async ({ request }) => {
      const body = (await request.json()) as object;
      saved.push(body);
      return HttpResponse.json({ ...view, ...body, fees: view.fees, discounts: view.discounts });
    }),
  );
  const path = '/organizer/paradiso/events/e1/prices';
  return { ...renderInArea(<Prices eventId="e1" />, path, permissions), saved };
}

test('what buyers see is shown with a warning where rounding cannot reach a price', async () => {
  show(prices());
  const row = await screen.findByRole('row', { name: /^Floor/ });
  expect(within(row).getByText(/one ticket alone costs EUR 0.04/)).toBeVisible();
  expect(within(row).getByText('€0.04')).toBeVisible();
});

test('a chosen tax is saved with all other rules as they are', async () => {
  const discount = { id: 'd1', name: 'Groups', kind: 'group' as const, count: 10, pay: null };
  const more = { percent: 10_000, amount: 0, ticket_type_ids: [], with_vouchers: false };
  const { user, saved } = show(prices({ discounts: [{ ...discount, ...more }] }));
  expect(await screen.findByText(/From 10 tickets on, 10 % off each/)).toBeVisible();
  await screen.findByRole('option', { name: 'VAT 19 %' });
  await user.selectOptions(screen.getByLabelText('Tax on tickets'), 'VAT 19 %');
  await waitFor(() => {
    expect(saved).toEqual([
      {
        rounding: 'line',
        tax_rule_id: 'vat',
        type_taxes: [],
        fees: [],
        discounts: [{ name: 'Groups', kind: 'group', count: 10, pay: null, ...more }],
      },
    ]);
  });
});

test('a fee is typed in percent and money, and sent in exact units', async () => {
  const { user, saved } = show(prices());
  await user.click(await screen.findByRole('button', { name: 'Add fee' }));
  const form = screen.getByRole('form', { name: 'New fee' });
  await user.click(within(form).getByRole('button', { name: 'Add fee' }));
  expect(await within(form).findAllByText('Name the fee.')).not.toHaveLength(0);
  await user.type(within(form).getByLabelText('Name'), 'Card fee');
  await user.type(within(form).getByLabelText(/^Amount in €/), '0,30');
  await user.type(within(form).getByLabelText(/^Percentage \(/), '2.9');
  await user.selectOptions(within(form).getByLabelText('The percentage is of'), 'total');
  await user.click(within(form).getByRole('button', { name: 'Add fee' }));
  await waitFor(() => {
    expect(saved).toHaveLength(1);
  });
  expect(saved[0]).toMatchObject({
    fees: [{ name: 'Card fee', fixed: 30, percent: 2_900, of: 'total', payer: 'buyer' }],
  });
});

test('three for two is a discount that cannot be more than taken', async () => {
  const { user, saved } = show(prices());
  await user.click(await screen.findByRole('button', { name: 'Add discount' }));
  const form = screen.getByRole('form', { name: 'New discount' });
  await user.type(within(form).getByLabelText('Name'), '3 for 2');
  await user.selectOptions(within(form).getByLabelText('What it does'), 'take some, pay fewer');
  await user.type(within(form).getByLabelText('How many are taken'), '3');
  await user.type(within(form).getByLabelText('How many of them are paid'), '3');
  await user.click(within(form).getByRole('button', { name: 'Add discount' }));
  expect(await within(form).findAllByText('Fewer are paid than are taken.')).not.toHaveLength(0);
  await user.clear(within(form).getByLabelText('How many of them are paid'));
  await user.type(within(form).getByLabelText('How many of them are paid'), '2');
  await user.click(within(form).getByRole('button', { name: 'Add discount' }));
  await waitFor(() => {
    expect(saved).toHaveLength(1);
  });
  expect(saved[0]).toMatchObject({ discounts: [{ kind: 'n_for_m', count: 3, pay: 2 }] });
});

test('tickets for different dates get a discount of their own', async () => {
  const { user, saved } = show(prices());
  await user.click(await screen.findByRole('button', { name: 'Add discount' }));
  const form = within(screen.getByRole('form', { name: 'New discount' }));
  await user.type(form.getByLabelText('Name'), 'Three evenings');
  await user.selectOptions(
    form.getByLabelText('What it does'),
    'a percentage off, for different dates',
  );
  await user.type(form.getByLabelText('From how many different dates on'), '1');
  await user.type(form.getByLabelText('Off each, in %'), '10');
  await user.click(form.getByRole('button', { name: 'Add discount' }));
  expect(await form.findAllByText('Ask for two different dates at least.')).not.toHaveLength(0);
  await user.clear(form.getByLabelText('From how many different dates on'));
  await user.type(form.getByLabelText('From how many different dates on'), '3');
  await user.click(form.getByRole('button', { name: 'Add discount' }));
  await waitFor(() => {
    expect(saved).toHaveLength(1);
  });
  expect(saved[0]).toMatchObject({ discounts: [{ kind: 'dates', count: 3, percent: 10_000 }] });
});

test('who may only read changes nothing', async () => {
  show(prices(), ['events:read']);
  await screen.findByRole('row', { name: /^Floor/ });
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
  expect(screen.getByLabelText('Tax on tickets')).toBeDisabled();
});
