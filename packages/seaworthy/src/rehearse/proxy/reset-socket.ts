import type { Socket } from 'node:net';

/**
 * RST, where that can be sent: at once, or as soon as it is connected, for the other end may have
 * accepted it before this one knows. After `end`, libuv refuses a reset (EINVAL,
 * uv_tcp_close_reset), and Node would never close the socket.
 */
export function resetSocket(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
