import type { Setting } from '../landscape.ts';
import { defaulted } from '../values/settings.ts';

const services = 'https://docs.docker.com/reference/compose-file/services/';
const healthCheck = 'https://docs.docker.com/reference/dockerfile/#healthcheck';
const logging = 'https://docs.docker.com/engine/logging/drivers/json-file/';

function compose<T>(value: T, source: string): Setting<T> {
  return defaulted(value, 'Docker Compose', source);
}

/** What compose and Docker fill in where a file says nothing. */
export const composeDefaults = {
  replicas: compose(1, 'https://docs.docker.com/reference/compose-file/deploy/#replicas'),
  graceMs: compose(10_000, `${services}#stop_grace_period`),
  condition: compose('service_started', `${services}#depends_on`),
  intervalMs: compose(30_000, healthCheck),
  healthTimeoutMs: compose(30_000, healthCheck),
  startPeriodMs: compose(0, healthCheck),
  retries: compose(3, healthCheck),
  successes: compose(1, healthCheck),
  logDriver: compose('json-file', logging),
};
