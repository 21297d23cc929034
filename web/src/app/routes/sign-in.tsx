export { SignIn as Component } from '~/features/account/SignIn';
