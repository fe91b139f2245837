// Swagger UI asks the sandbox: for the OpenAPI document, and for whatever is executed.
const sandbox = await document.querySelector('qod-sandbox').ready;

const ui = SwaggerUIBundle({
  dom_id: '#swagger-ui',
  url: 'https://sandbox.example/qod/v0/openapi.json',
  defaultModelsExpandDepth: -1,
  // The client inside takes a fetch for each request, the document's own among them.
  requestInterceptor: (request) => Object.assign(request, { userFetch: sandbox.fetch }),
  // The scheme `token` of the document, with the token that every sandbox takes.
  onComplete: () => ui.preauthorizeApiKey('token', 'mock_sandbox_access_token'),
});
