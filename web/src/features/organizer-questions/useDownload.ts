import { useMutation } from '@tanstack/react-query';
import { exportEventAnswers } from '~/shared/api/generated/boxoffice';
import { useArea } from '~/shared/organizer/area';

/** Saves all answers as a file. */
export function useDownload(eventId: string) {
  const { slug } = useArea();
  return useMutation({
    mutationFn: async () => {
      const text = await exportEventAnswers(slug, eventId, { responseType: 'text' });
      const url = URL.createObjectURL(new Blob([String(text)], { type: 'text/csv' }));
      const link = document.createElement('a');
      link.href = url;
      link.download = 'answers.csv';
      link.click();
      URL.revokeObjectURL(url);
    },
  });
}
