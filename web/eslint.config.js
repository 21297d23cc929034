import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import testingLibrary from 'eslint-plugin-testing-library';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const onlyWrapped = {
  patterns: [
    {
      group: ['@mui/*', '@emotion/*'],
      message: 'Use the wrappers in shared/ui: nothing on a page may look like raw MUI.',
    },
  ],
};

export default defineConfig(
  globalIgnores(['dist', 'coverage', 'src/shared/api/generated']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      jsxA11y.flatConfigs.strict,
      reactHooks.configs.flat['recommended-latest'],
    ],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', 200],
      complexity: ['error', 8],
      // What scrolls must be reached by keyboard.
      'jsx-a11y/no-noninteractive-tabindex': ['error', { roles: ['tabpanel', 'region'] }],
      'max-params': ['error', 4],
      'no-restricted-imports': ['error', onlyWrapped],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Counts and sizes read best inside template strings.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: false }],
    },
  },
  {
    files: ['src/shared/ui/**', 'src/shared/theme/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['src/**/*.test.{ts,tsx}'],
    extends: [testingLibrary.configs['flat/react']],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['scripts/**', '*.{js,ts,cjs}'], languageOptions: { globals: globals.node } },
);
