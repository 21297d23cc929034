export const words = {
  emailMissing: 'Enter your e-mail address.',
  emailWrong: 'Enter an e-mail address such as ana@example.org.',
  passwordMissing: 'Enter your password.',
  passwordShort: 'Choose a password of at least 10 characters.',
  passwordHint: 'At least 10 characters. A sentence is easier to remember than symbols.',
  nameMissing: 'Enter your name.',
};

export const PASSWORD_MIN = 10;
