import { useState } from 'react';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import type { Code } from './useCode';
import { words } from './words';

/** Where a code is typed that reveals tickets. It stands in the form of the tickets, so Enter must not buy. */
export function CodeForm({ state }: { state: Code }) {
  const [typed, setTyped] = useState(state.code);
  const look = () => {
    state.enter(typed.trim());
  };
  return (
    <details className="code" open={state.code !== '' || undefined}>
      <summary>{words.codeTitle}</summary>
      <div className="code-row">
        <label className="vh" htmlFor="code">
          {words.code}
        </label>
        <input
          className="box"
          id="code"
          name="code"
          autoComplete="off"
          maxLength={100}
          placeholder={words.code}
          value={typed}
          onChange={(change) => {
            setTyped(change.target.value);
          }}
          onKeyDown={(press) => {
            if (press.key !== 'Enter') return;
            press.preventDefault();
            look();
          }}
        />
        <Button look="line" busy={state.isLooking ? words.looking : null} onClick={look}>
          {words.showTickets}
        </Button>
      </div>
      {state.error !== null && <ErrorPanel error={state.error} />}
      {state.hasRevealed && (
        <p role="status" className="small">
          {words.revealed}
        </p>
      )}
    </details>
  );
}
