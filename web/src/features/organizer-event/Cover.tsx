import { useRef } from 'react';
import { deleteCover } from '~/shared/api/generated/boxoffice';
import type { ManagedEvent } from '~/shared/api/generated/boxoffice.schemas';
import { useArea } from '~/shared/organizer/area';
import { Glyph } from '~/shared/organizer/Glyph';
import { Trouble } from '~/shared/organizer/Trouble';
import { useMay } from '~/shared/organizer/useMay';
import { Poster } from '~/shared/poster/Poster';
import { Button } from '~/shared/ui/Button';
import { Panel } from '~/shared/ui/Panel';
import { ACCEPT } from './coverFile';
import styles from './Cover.module.css';
import { Section } from './Section';
import { useChange } from './useChange';
import { useUpload } from './useUpload';

function Picture({ event, preview }: { event: ManagedEvent; preview: string | null }) {
  if (preview !== null) return <img src={preview} alt="What is being uploaded" />;
  if (event.cover === null) return <Poster title={event.title} />;
  const { url, width, height } = event.cover;
  return <img src={url} width={width} height={height} alt={`Cover of ${event.title}`} />;
}

function Progress({ progress }: { progress: number }) {
  const percent = Math.round(progress * 100);
  return (
    <div className={styles.progress}>
      <progress max={100} value={percent} aria-label="Uploading the picture" />
      <p className="num" aria-hidden="true">
        {percent < 100 ? `${String(percent)} %` : 'Preparing…'}
      </p>
    </div>
  );
}

function Remove({ event }: { event: ManagedEvent }) {
  const { slug } = useArea();
  const change = useChange(event.id);
  return (
    <>
      <Button
        look="text"
        busy={change.isPending ? 'Removing…' : null}
        onClick={() => {
          change.run(() => deleteCover(slug, event.id));
        }}
      >
        Remove picture
      </Button>
      {change.error !== null && <Trouble error={change.error} />}
    </>
  );
}

/** The event's picture. Without one, a poster drawn from the title stands in. */
export function Cover({ event }: { event: ManagedEvent }) {
  const mayWrite = useMay('events:write');
  const upload = useUpload(event.id);
  const input = useRef<HTMLInputElement>(null);
  return (
    <Section id="cover" title="Picture">
      <div className={styles.cover}>
        <div className={styles.frame}>
          <Picture event={event} preview={upload.preview} />
        </div>
        <div className={styles.side}>
          <p className="muted">
            JPEG, PNG or WebP, at least 320 × 160 pixels, up to 12 MB. It is cropped to 4:5 in lists
            and shown whole on the event’s page.
          </p>
          {upload.refusal !== null && (
            <Panel tone="bad" role="alert">
              <p>{upload.refusal}</p>
            </Panel>
          )}
          {upload.error !== null && <Trouble error={upload.error} />}
          {upload.isPending && <Progress progress={upload.progress} />}
          {mayWrite && (
            <div className={styles.buttons}>
              <input
                ref={input}
                type="file"
                accept={ACCEPT}
                className="vh"
                tabIndex={-1}
                aria-label="Cover picture"
                onChange={(change) => {
                  const file = change.target.files?.[0];
                  if (file !== undefined) upload.send(file);
                  change.target.value = '';
                }}
              />
              <Button
                look="line"
                busy={upload.isPending ? 'Uploading…' : null}
                onClick={() => {
                  input.current?.click();
                }}
              >
                <Glyph name="image" /> {event.cover === null ? 'Add a picture' : 'Change picture'}
              </Button>
              {event.cover !== null && <Remove event={event} />}
            </div>
          )}
        </div>
      </div>
    </Section>
  );
}
