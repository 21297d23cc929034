export { VerifyEmail as Component } from '~/features/account/VerifyEmail';
