import { useEffect, useReducer, type ReactNode } from 'react';
import {
  CART_KEY,
  CartDispatchProvider,
  cartReducer,
  CartStateProvider,
  type CartState,
  type HeldOrder,
} from './cart';
import { kept } from './storage';

function remembered(): HeldOrder | null {
  const held = kept.read(CART_KEY) as HeldOrder | null;
  return held !== null && held.deadline > Date.now() ? held : null;
}

function atStart(): CartState {
  return { held: remembered() };
}

/** Remembers the tickets this browser holds, in every tab and over reloads. */
export function CartProvider({ children }: { children: ReactNode }) {
  const [state, dispatch] = useReducer(cartReducer, undefined, atStart);
  useEffect(() => {
    kept.write(CART_KEY, state.held);
  }, [state.held]);
  useEffect(() => {
    const follow = (change: StorageEvent) => {
      if (change.key === CART_KEY) dispatch({ type: 'restored', held: remembered() });
    };
    window.addEventListener('storage', follow);
    return () => {
      window.removeEventListener('storage', follow);
    };
  }, []);
  return (
    <CartDispatchProvider value={dispatch}>
      <CartStateProvider value={state}>{children}</CartStateProvider>
    </CartDispatchProvider>
  );
}
