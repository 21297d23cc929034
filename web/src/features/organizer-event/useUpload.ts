import { useEffect, useState } from 'react';
import { uploadCover } from '~/shared/api/generated/boxoffice';
import { useArea } from '~/shared/organizer/area';
import { refusalOf } from './coverFile';
import { useChange } from './useChange';

const PATIENCE_MS = 180_000;

interface Upload {
  /** Address of the picture while it is sent, made for this page only. */
  preview: string | null;
  /** From 0 to 1. */
  progress: number;
  isPending: boolean;
  refusal: string | null;
  error: unknown;
  send: (file: File) => void;
}

export function useUpload(eventId: string): Upload {
  const { slug } = useArea();
  const change = useChange(eventId);
  const [preview, setPreview] = useState<string | null>(null);
  const [progress, setProgress] = useState(0);
  const [refusal, setRefusal] = useState<string | null>(null);
  useEffect(() => {
    if (preview === null) return;
    return () => {
      URL.revokeObjectURL(preview);
    };
  }, [preview]);
  const upload = (file: File) =>
    uploadCover(
      slug,
      eventId,
      { image: file },
      {
        timeout: PATIENCE_MS,
        onUploadProgress: ({ progress: sent }) => {
          setProgress(sent ?? 0);
        },
      },
    );
  const send = (file: File) => {
    const wrong = refusalOf(file);
    setRefusal(wrong);
    change.reset();
    if (wrong !== null) return;
    setProgress(0);
    setPreview(URL.createObjectURL(file));
    change.run(() => upload(file));
  };
  const { isPending, error } = change;
  return { preview: isPending ? preview : null, progress, isPending, refusal, error, send };
}
