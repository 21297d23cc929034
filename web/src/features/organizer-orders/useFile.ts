import { useMutation } from '@tanstack/react-query';
import { downloadAnswerFile } from '~/shared/api/generated/boxoffice';
import { useArea } from '~/shared/organizer/area';

/** Saves a file that somebody answered with; it is never opened on our pages. */
export function useFile(orderId: string) {
  const { slug } = useArea();
  return useMutation({
    mutationFn: async ({ id, name }: { id: string; name: string }) => {
      const file = await downloadAnswerFile(slug, orderId, id, {}, { responseType: 'blob' });
      const url = URL.createObjectURL(file);
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      URL.revokeObjectURL(url);
    },
  });
}
