/** As small as calls between services are. */
export const request = Buffer.from(
  'GET /orders/1234 HTTP/1.1\r\nhost: orders\r\nuser-agent: race/1\r\naccept: application/json\r\n' +
    'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n',
);

const body = JSON.stringify({ id: 1234, items: ['a', 'b', 'c'], state: 'sent' }).padEnd(300);

export const response = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
);

/** A long stream, in chunks of 64 KiB. */
export const streamBytes = 4096 * 65_536;
