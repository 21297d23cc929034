import { useEffect, useRef, useState } from 'react';
import styles from './Scan.module.css';

/** Typed codes and hand scanners. Keeps the focus, so that the next scan lands here. */
export function CodeBar({ onCode }: { onCode: (code: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    // On a touch screen the focus would bring up the keyboard over the camera.
    if (window.matchMedia('(pointer: fine)').matches) input.current?.focus({ preventScroll: true });
  }, []);
  return (
    <form
      className={styles.codeBar}
      aria-label="Typed code"
      data-above=""
      noValidate
      onSubmit={(submit) => {
        submit.preventDefault();
        setMissing(code.trim() === '');
        if (code.trim() !== '') onCode(code.trim());
        setCode('');
        input.current?.focus();
      }}
    >
      <label className="vh" htmlFor="ticket-code">
        Ticket code
      </label>
      <input
        ref={input}
        id="ticket-code"
        className="box"
        type="text"
        placeholder={isMissing ? 'Scan or type a code first' : 'Scan or type a ticket code'}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="go"
        aria-invalid={isMissing}
        value={code}
        onChange={(change) => {
          setMissing(false);
          setCode(change.target.value);
        }}
      />
      <button type="submit" className="btn btn-main">
        Check
      </button>
    </form>
  );
}
