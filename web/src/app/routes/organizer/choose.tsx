export { Choose as Component } from '~/features/organizer-choose/Choose';
