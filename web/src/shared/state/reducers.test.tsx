import { render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { heldOrder } from '~/testing/orders';
import { cartReducer, deadlineOf, heldOrderOf, useCart } from './cart';
import { colorModeReducer } from './colorMode';
import { NO_NOTICES, noticesReducer } from './notices';
import { sessionReducer, UNKNOWN_SESSION } from './session';
import { kept } from './storage';

describe('the cart', () => {
  const held = heldOrderOf(heldOrder());

  it('remembers the held order and forgets it when it is left', () => {
    const full = cartReducer({ held: null }, { type: 'held', order: held });
    expect(full.held?.tickets).toBe(2);
    expect(cartReducer(full, { type: 'left', orderId: held.orderId })).toEqual({ held: null });
  });

  it('keeps a newer hold when an older one ends', () => {
    const state = { held };
    expect(cartReducer(state, { type: 'left', orderId: 'another' })).toBe(state);
  });

  it('ends when the server says, however wrong the clock of this device is', () => {
    const order = heldOrder({
      server_time: '2030-01-01T10:00:00Z',
      hold_expires_at: '2030-01-01T10:05:00Z',
    });
    expect(deadlineOf(order, 1_000)).toBe(301_000);
  });

  it('refuses to be read outside its provider', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const hush = (event: ErrorEvent) => {
      event.preventDefault();
    };
    window.addEventListener('error', hush);
    function Reader() {
      return <p>{useCart().held?.title}</p>;
    }
    expect(() => render(<Reader />)).toThrow('CartProvider is missing');
    window.removeEventListener('error', hush);
    expect(screen.queryByText('Night Bus')).not.toBeInTheDocument();
  });
});

describe('the colour mode', () => {
  it('follows the device until somebody chooses', () => {
    const following = { mode: 'light', isChosen: false } as const;
    const dark = colorModeReducer(following, { type: 'deviceChanged', mode: 'dark' });
    expect(dark.mode).toBe('dark');
    const chosen = colorModeReducer(dark, { type: 'toggled' });
    expect(colorModeReducer(chosen, { type: 'deviceChanged', mode: 'dark' }).mode).toBe('light');
  });
});

describe('notices', () => {
  it('keep the last three and go one by one', () => {
    const told = ['a', 'b', 'c', 'd'].reduce(
      (state, text) => noticesReducer(state, { type: 'told', tone: 'plain', text }),
      NO_NOTICES,
    );
    expect(told.notices.map(({ text }) => text)).toEqual(['b', 'c', 'd']);
    const left = noticesReducer(told, { type: 'dismissed', id: 3 });
    expect(left.notices.map(({ text }) => text)).toEqual(['b', 'd']);
  });
});

it('a session is a guest’s or a member’s once it is known', () => {
  const user = {
    id: 'u',
    email: 'ana@example.org',
    name: 'Ana',
    email_verified: true,
    platform_admin: false,
  };
  expect(sessionReducer(UNKNOWN_SESSION, { type: 'known', me: null }).status).toBe('guest');
  expect(
    sessionReducer(UNKNOWN_SESSION, { type: 'known', me: { user, organizers: [] } }).status,
  ).toBe('member');
});

it('storage that holds nonsense is simply empty', () => {
  window.localStorage.setItem('x', '{');
  expect(kept.read('x')).toBeNull();
});
