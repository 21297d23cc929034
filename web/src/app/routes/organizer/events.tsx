export { Events as Component } from '~/features/organizer-events/Events';
