import { finding, placeOf } from '../../decide.ts';
import { text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { containersOf } from '../../workloads/workload.ts';

/** Drivers of Docker that send over the network and, by default, make the program wait for it. */
const remoteDrivers = /^(awslogs|fluentd|gcplogs|gelf|splunk|syslog)$/;

export const ob01: Rule = {
  id: 'OB01',
  name: 'logs that fill the disk, or stop the program',
  severity: 'high',
  formula:
    'the driver json-file without max-size; or a driver that sends over the network, with mode not ' +
    'non-blocking',
  why:
    'json-file never deletes anything by itself, until the disk is full; and a driver that cannot ' +
    'send blocks the write to stdout, and with it the event loop',
  sources: [
    'https://docs.docker.com/engine/logging/drivers/json-file/',
    'https://docs.docker.com/engine/logging/configure/#configure-the-delivery-mode-of-log-messages-from-container-to-log-driver',
  ],
  remedy:
    'Use the driver `local`, or max-size and max-file with json-file; for remote drivers write ' +
    '`mode: non-blocking` and a max-buffer-size.',
  needs: ['the logging of a compose service'],
  *decide({ workloads }) {
    for (const { container, name } of containersOf(workloads)) {
      const { logging } = container;
      if (logging === undefined) continue;
      const { driver, options } = logging;
      const at = placeOf(driver.origin, container.at);
      if (driver.value === 'json-file' && options['max-size'] === undefined) {
        yield finding(name, {
          what: 'its log grows until the disk is full',
          numbers: [text('logging driver', driver)],
          passes: 'max-size: 10m and max-file: 3, or the driver local',
          at,
        });
      }
      if (remoteDrivers.test(driver.value) && options['mode']?.value !== 'non-blocking') {
        const { mode } = options;
        yield finding(name, {
          what: `while ${driver.value} cannot send, each write to stdout waits`,
          numbers: [
            text('logging driver', driver),
            ...(mode === undefined ? [] : [text('mode', mode)]),
          ],
          passes: 'mode: non-blocking',
          at,
        });
      }
    }
  },
};
