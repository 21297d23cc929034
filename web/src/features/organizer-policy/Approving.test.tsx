import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, test, vi } from 'vitest';
import { renderInArea } from '~/testing/organizer';
import { server } from '~/testing/server';
import { Approving } from './Approving';

test('a card is asked for with applications, for no longer than it holds the money', async () => {
  server.use(
    http.get('/api/v1/organizers/paradiso/card-holds', () =>
      HttpResponse.json({ longest_hours: 168 }),
    ),
  );
  const onSet = vi.fn();
  const page = <Approving terms={{ decide_hours: 200, pay_hours: 72 }} onSet={onSet} />;
  const { user } = renderInArea(page, '/organizer/paradiso/applications', ['events:write']);
  await user.click(await screen.findByRole('checkbox', { name: /gives a card/ }));
  await user.click(screen.getByRole('button', { name: 'Set these terms' }));
  expect(await screen.findByText(/Cards hold money for 168 hours at most/)).toBeVisible();
  const hours = screen.getByLabelText(/Hours for you to decide/);
  await user.clear(hours);
  await user.type(hours, '48');
  await user.click(screen.getByRole('button', { name: 'Set these terms' }));
  expect(onSet).toHaveBeenCalledWith({ decide_hours: 48, pay_hours: 72, card: true });
});
