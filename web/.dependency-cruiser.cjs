/** Who may know whom: app → features → shared; features are strangers to one another. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'shared-knows-nobody',
      severity: 'error',
      from: { path: '^src/shared' },
      to: { path: '^src/(app|features)' },
    },
    {
      name: 'features-know-no-app',
      severity: 'error',
      from: { path: '^src/features' },
      to: { path: '^src/app' },
    },
    {
      name: 'features-are-strangers',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/', pathNot: '^src/features/$1/' },
    },
    {
      name: 'only-shared-api-knows-axios',
      severity: 'error',
      from: { pathNot: '^src/shared/api/' },
      to: { path: 'node_modules/axios' },
    },
    {
      name: 'only-wrappers-know-mui',
      severity: 'error',
      from: { pathNot: '^src/shared/(ui|theme)/' },
      to: { path: 'node_modules/@(mui|emotion)' },
    },
    {
      name: 'generated-client-through-shared-api-only',
      severity: 'error',
      from: { path: '^src/shared/api/generated' },
      to: { pathNot: '^src/shared/api/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      // Vite's way to ask for a file's address.
      to: { couldNotResolve: true, pathNot: '\\.wasm\\?url$' },
    },
    {
      name: 'tests-stay-out',
      severity: 'error',
      from: { pathNot: '(\\.test\\.tsx?$|^src/testing/)' },
      to: { path: '^src/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.css'],
    },
  },
};
