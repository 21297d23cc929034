import { defineConfig } from 'orval';

export default defineConfig({
  boxoffice: {
    input: '../openapi.json',
    output: {
      client: 'axios-functions',
      mode: 'split',
      target: 'src/shared/api/generated/boxoffice.ts',
      clean: true,
      override: {
        mutator: { path: 'src/shared/api/http.ts', name: 'http' },
        formData: true,
      },
    },
  },
});
