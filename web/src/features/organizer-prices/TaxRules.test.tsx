import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { renderInArea } from '~/testing/organizer';
import { problem } from '~/testing/problem';
import { server } from '~/testing/server';
import { TaxRules } from './TaxRules';

const ORGANIZER = '/api/v1/organizers/paradiso';
const other = { country: 'AT', customer: 'any', rate: 20_000, reverse_charge: false };
const vat = { id: 'vat', name: 'VAT 19 %', rate: 19_000, inclusive: true, cases: [other] };

function show() {
  server.use(http.get(`${ORGANIZER}/tax-rules`, () => HttpResponse.json({ items: [vat] })));
  return renderInArea(<TaxRules />, '/organizer/paradiso/events/e1/prices');
}

test('a tax may have another rate for some buyers', async () => {
  const { user } = show();
  const sent: unknown[] = [];
  server.use(
    http.post(`${ORGANIZER}/tax-rules`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(vat, { status: 201 });
    }),
  );
  expect(await screen.findByText(/19 %, in the price, 1 other rate for some buyers/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Add tax' }));
  const form = within(screen.getByRole('form', { name: 'New tax' }));
  await user.type(form.getByLabelText('Name'), 'VAT');
  await user.type(form.getByLabelText('Rate in %'), '19');
  const more = form.getByRole('button', { name: 'Another rate for some buyers' });
  await user.click(more);
  await user.selectOptions(form.getByLabelText('Buyers from'), 'AT');
  await user.click(form.getByRole('button', { name: 'Add tax' }));
  expect(await form.findByText('Give a percentage such as 20 or 0.')).toBeVisible();
  await user.type(form.getByLabelText('Their rate in %'), '20');
  await user.click(more);
  const second = within(form.getByRole('group', { name: 'Other rate 2' }));
  await user.selectOptions(second.getByLabelText('Who buys'), 'reverse_charge');
  expect(second.queryByLabelText('Their rate in %')).not.toBeInTheDocument();
  await user.click(form.getByRole('button', { name: 'Add tax' }));
  await waitFor(() => {
    expect(sent).toEqual([
      {
        name: 'VAT',
        rate: 19_000,
        inclusive: true,
        cases: [
          { country: 'AT', customer: 'any', rate: 20_000, reverse_charge: false },
          { country: null, customer: 'business', rate: 0, reverse_charge: true },
        ],
      },
    ]);
  });
});

test('a tax that events use is not deleted, and the page says why', async () => {
  const { user } = show();
  server.use(
    http.delete(`${ORGANIZER}/tax-rules/vat`, () =>
      problem(409, 'tax_rule_in_use', 'Events use this tax rule; give them another one first.'),
    ),
  );
  await user.click(await screen.findByRole('button', { name: 'Remove VAT 19 %' }));
  expect(await screen.findByText(/^Events use this tax rule/)).toBeVisible();
});
