import type { Socket } from 'node:net';

/**
 * RST, where that can be sent. One that is not connected yet has nothing to reset; and after `end`,
 * libuv refuses a reset (EINVAL, uv_tcp_close_reset), and Node would never close the socket.
 */
export function resetSocket(socket: Socket): void {
  if (socket.connecting || socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
