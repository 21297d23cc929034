import { useParams } from 'react-router';
import { QuestionsPage } from '~/features/organizer-questions/QuestionsPage';

export function Component() {
  const { eventId = '' } = useParams();
  return <QuestionsPage key={eventId} eventId={eventId} />;
}
