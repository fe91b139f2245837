// Scalar's reference asks the page's own fetch, which the sandbox answers: for the OpenAPI document, and for whatever is
// sent with *Test Request*. (Its option `fetch` is asked for the document alone.)
// In a page of yours: import … from 'https://cdn.example/qod-sandbox/qod-sandbox.js', and intercept.js beside it.
import { createSandbox } from '../../qod-sandbox.js';
import { intercept } from '../../intercept.js';

const sandbox = await createSandbox();
sandbox.receive('*', 204);
intercept(sandbox);

Scalar.createApiReference('#reference', {
  url: 'https://sandbox.example/qod/v0/openapi.json',
  // The scheme `token` of the document, with the token that every sandbox takes.
  authentication: {
    preferredSecurityScheme: 'token',
    securitySchemes: { token: { token: 'mock_sandbox_access_token' } },
  },
  // Nothing of this page leaves it: no proxy, no fonts from elsewhere, no assistant, nothing counted.
  proxyUrl: '',
  withDefaultFonts: false,
  agent: { disabled: true },
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
});
