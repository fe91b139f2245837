// Settings of a run: those that a fresh sandbox has need not be said.

const FRESH = {
  dialect: 'camara',
  auth: 'required',
  conflictPolicy: 'flow',
  operator: {
    identifiers: ['phoneNumber', 'networkAccessIdentifier', 'ipv4Address', 'ipv6Address'],
    registry: 'open',
    grant: 'asynchronous',
    retentionSeconds: 360,
    rateLimit: null,
  },
  delivery: { to: 'receivers', attempts: 1, backoff: 1_000, timeout: 10_000, delay: 0, copies: 1, reorder: false },
  limits: { traffic: 10_000, notifications: 10_000, releasedSessions: 10_000, bodyBytes: 1_048_576 },
};

/** The settings that are not those of a fresh sandbox. */
export const differing = (settings) => difference(settings, FRESH);

function difference(settings, fresh) {
  const found = {};
  for (const [name, value] of Object.entries(settings)) {
    const inner = isObject(value) && isObject(fresh[name]);
    const different = inner ? difference(value, fresh[name]) : value;
    if (inner ? Object.keys(different).length > 0 : JSON.stringify(value) !== JSON.stringify(fresh[name])) found[name] = different;
  }
  return found;
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Settings after a change of some, as `configure` makes it: inner members one by one. */
export function changed(settings, changes) {
  const { operator, delivery, limits, ...others } = changes;
  const policy = typeof delivery === 'string' ? { to: delivery } : delivery;
  return {
    ...settings,
    ...others,
    operator: { ...settings.operator, ...operator },
    delivery: { ...settings.delivery, ...policy },
    limits: { ...settings.limits, ...limits },
  };
}
