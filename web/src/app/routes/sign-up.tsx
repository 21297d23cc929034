export { SignUp as Component } from '~/features/account/SignUp';
