import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { CaughtMail } from '~/shared/api/generated/boxoffice.schemas';
import { Icon } from '~/shared/icons/Icon';
import { Button } from '~/shared/ui/Button';
import { ErrorPanel } from '~/shared/ui/ErrorPanel';
import { Loading, Skeleton } from '~/shared/ui/Skeleton';
import styles from './DevMail.module.css';
import { caughtMailQuery } from './queries';
import { renderMail } from './render';

function HtmlBody({ html }: { html: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current !== null) renderMail(host.current, html);
  }, [html]);
  return <div className={styles.html} ref={host} />;
}

function sizeText(bytes: number): string {
  return bytes < 1024 ? `${String(bytes)} bytes` : `${String(Math.round(bytes / 1024))} KB`;
}

function Attachments({ mail }: { mail: CaughtMail }) {
  if (mail.attachments.length === 0) return null;
  return (
    <ul className="chips" aria-label="Attachments">
      {mail.attachments.map((attachment) => (
        <li key={attachment.url}>
          <a className="btn btn-line" href={attachment.url} download={attachment.name}>
            <Icon name="download" /> {attachment.name}{' '}
            <span className="muted">{sizeText(attachment.size)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Body({ mail }: { mail: CaughtMail }) {
  const [isPlain, setPlain] = useState(mail.html === null);
  return (
    <>
      {mail.html !== null && (
        <div>
          <Button
            look="text"
            onClick={() => {
              setPlain(!isPlain);
            }}
          >
            {isPlain ? 'Show as HTML' : 'Show as plain text'}
          </Button>
        </div>
      )}
      {isPlain || mail.html === null ? (
        <pre className={styles.plain}>{mail.text}</pre>
      ) : (
        <HtmlBody html={mail.html} />
      )}
    </>
  );
}

/** One mail that would have been sent. */
export function Mail({ id }: { id: string }) {
  const read = useQuery(caughtMailQuery(id));
  if (read.isPending) {
    return (
      <Loading label="Loading mail">
        <Skeleton height={320} />
      </Loading>
    );
  }
  if (read.isError) return <ErrorPanel error={read.error} onRetry={() => void read.refetch()} />;
  const mail = read.data;
  return (
    <article className={styles.mail} aria-labelledby="subject">
      <h2 id="subject">{mail.subject}</h2>
      <p className="muted">
        To <bdi>{mail.to}</bdi>, from <bdi>{mail.sender}</bdi>
      </p>
      <Attachments mail={mail} />
      <Body mail={mail} />
    </article>
  );
}
