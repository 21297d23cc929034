import { useState } from 'react';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { Glyph } from '~/shared/organizer/Glyph';
import { useTell } from '~/shared/state/notices';
import { Button } from '~/shared/ui/Button';
import styles from './EventDesk.module.css';

/** `true` once copied, until something else is. */
function useCopied(text: string): [boolean, () => void] {
  const [isCopied, setCopied] = useState(false);
  const tell = useTell();
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true);
      },
      () => {
        tell('bad', 'The browser did not let us copy. Select the address and copy it yourself.');
      },
    );
  };
  return [isCopied, copy];
}

/** The address of the public page, to copy or to share. */
export function LinkCard({ event }: { event: ManagedEvent }) {
  const url = window.location.origin + event.public_path;
  const [isCopied, copy] = useCopied(url);
  const canShare = 'share' in navigator;
  const isDraft = event.status === 'draft';
  return (
    <section className={styles.side} aria-labelledby="public-link">
      <h2 id="public-link">Public page</h2>
      {isDraft && <p className="muted">This will be its address once it is published.</p>}
      <p className={styles.url}>{isDraft ? url : <a href={event.public_path}>{url}</a>}</p>
      <div className={styles.pair}>
        <Button look="line" onClick={copy}>
          <Icon name={isCopied ? 'check' : 'copy'} /> {isCopied ? 'Copied' : 'Copy link'}
        </Button>
        {canShare && !isDraft && (
          <Button
            look="line"
            onClick={() => {
              navigator.share({ title: event.title, url }).catch(() => undefined);
            }}
          >
            <Glyph name="share" /> Share
          </Button>
        )}
      </div>
      <p className="vh" role="status">
        {isCopied && 'Link copied.'}
      </p>
    </section>
  );
}
