import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { managedEvent, renderInArea } from '~/testing/organizer';
import { server } from '~/testing/server';
import { EventDesk } from './EventDesk';

const EVENT = '/api/v1/organizers/paradiso/events/e1';
const floor = {
  id: 'floor',
  name: 'Floor',
  description: '',
  price: { amount: 2850, currency: 'EUR' },
  min_per_order: 1,
  max_per_order: 10,
  sales_start: null,
  sales_end: null,
  on_sale: true,
  position: 1,
  quota_ids: ['q1'],
};

test('add-ons and the contents of a bundle are set with the ticket that they come with', async () => {
  const lunch = { ...floor, id: 'lunch', name: 'Lunch', visibility: 'add_on' as const };
  const shirt = {
    ...floor,
    id: 'shirt',
    name: 'Shirt',
    admits: false,
    variations: [{ id: 'm', name: 'M', price: null, on_sale: true, position: 0, quota_ids: [] }],
  };
  const event = managedEvent({ ticket_types: [floor, lunch, shirt], quotas: [] });
  const group = {
    ...{ id: 'g1', name: 'Meals', minimum: 1, maximum: 2, included: 0 },
    add_ons: [{ ticket_type_id: 'lunch', price: { amount: 1200, currency: 'EUR' } }],
  };
  const set = managedEvent({ ticket_types: [{ ...floor, add_on_groups: [group] }, lunch, shirt] });
  const bodies: unknown[] = [];
  server.use(
    http.get(EVENT, () => HttpResponse.json(event)),
    http.get(`${EVENT}/checklist`, () => HttpResponse.json({ ready: true, items: [] })),
    http.put(`${EVENT}/ticket-types/floor/extras`, async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(set);
    }),
  );
  const { user } = renderInArea(<EventDesk eventId="e1" />, '/organizer/paradiso/events/e1');
  await user.click(await screen.findByRole('button', { name: 'Add-ons and bundle of Floor' }));
  const form = within(screen.getByRole('form', { name: 'What comes with Floor' }));
  await user.click(form.getByRole('button', { name: 'Add a group' }));
  await user.click(form.getByRole('button', { name: 'Save' }));
  expect(await form.findByText('Name the group.')).toBeVisible();
  expect(form.getByText('Choose at least one.')).toBeVisible();
  await user.type(form.getByLabelText('Name of the group'), 'Meals');
  await user.clear(form.getByLabelText('At least'));
  await user.type(form.getByLabelText('At least'), '1');
  await user.clear(form.getByLabelText('At most'));
  await user.type(form.getByLabelText('At most'), '2');
  await user.click(form.getByRole('checkbox', { name: 'Lunch' }));
  await user.type(form.getByLabelText(/^Price in €/), '12');
  await user.click(form.getByRole('button', { name: 'Put something in' }));
  await user.selectOptions(form.getByLabelText('What'), 'Shirt · M');
  await user.click(form.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Meals: 1 to 2 of Lunch (€12.00)')).toBeVisible();
  expect(bodies).toEqual([
    {
      add_on_groups: [
        {
          ...{ name: 'Meals', minimum: 1, maximum: 2, included: 0 },
          add_ons: [{ ticket_type_id: 'lunch', price: 1200 }],
        },
      ],
      contents: [{ ticket_type_id: 'shirt', variation_id: 'm', units: 1, price: 0 }],
    },
  ]);
});
