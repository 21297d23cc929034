import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { heldOrder } from '~/testing/orders';
import { problem } from '~/testing/problem';
import { renderPage } from '~/testing/render';
import { server } from '~/testing/server';
import { TaxPlace } from './TaxPlace';

const CUSTOMER = '/api/v1/organizers/paradiso/orders/o1/customer';

it('tells the country as soon as it is chosen, and the VAT number once it is typed', async () => {
  const asked: unknown[] = [];
  server.use(
    http.put(CUSTOMER, async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json(heldOrder({ needs_customer: true }));
    }),
  );
  const order = heldOrder({ needs_customer: true });
  const { user } = renderPage(<TaxPlace order={order} />, '/', '/');
  await user.selectOptions(screen.getByLabelText('Country'), 'Austria');
  await user.type(screen.getByLabelText(/VAT number/), 'ATU12345678');
  await user.tab();
  await waitFor(() => {
    expect(asked).toEqual([{ country: 'AT' }, { country: 'AT', vat_id: 'ATU12345678' }]);
  });
});

it('says what is wrong with a VAT number', async () => {
  server.use(
    http.put(CUSTOMER, () => problem(422, 'invalid', 'Enter the VAT number with its letters.')),
  );
  const customer = { country: 'AT', vat_id: null };
  const { user } = renderPage(<TaxPlace order={heldOrder({ customer })} />, '/', '/');
  await user.type(screen.getByLabelText(/VAT number/), '12');
  await user.tab();
  expect(await screen.findByText('Enter the VAT number with its letters.')).toBeVisible();
});
