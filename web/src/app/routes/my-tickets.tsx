export { MyTickets as Component } from '~/features/orders/MyTickets';
