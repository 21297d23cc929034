export { FindOrder as Component } from '~/features/orders/FindOrder';
