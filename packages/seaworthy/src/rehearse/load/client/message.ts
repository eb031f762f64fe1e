import type { LoadRequest } from '../plan.ts';
import { fill, isPlain, parseTemplate, type Template, type Values } from './template.ts';

/** A request as it goes over the wire. */
export interface Message {
  readonly bytes: Buffer;
  /** Its answer has no body, whatever it says. */
  readonly isHead: boolean;
}

/** Makes the messages of one kind of request. */
export class MessageMaker {
  readonly #isHead: boolean;
  /** Up to where the body begins, without its length. */
  readonly #head: Template;
  readonly #body: Template | undefined;
  readonly #saysLength: boolean;
  /** Where nothing differs from one to the next. */
  readonly #same: Message | undefined;

  constructor({ method, path, headers, body }: LoadRequest, target: URL) {
    this.#isHead = method === 'HEAD';
    const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
    const before = target.pathname.replace(/\/$/, '');
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const host = names.has('host') ? '' : `host: ${target.host}\r\n`;
    this.#head = [
      ...parseTemplate(`${method} ${before}${path}`, encodeURIComponent),
      ...parseTemplate(` HTTP/1.1\r\n${host}${lines.join('')}`),
    ];
    this.#body = body === undefined ? undefined : parseTemplate(body);
    this.#saysLength = !names.has('content-length') && !names.has('transfer-encoding');
    if (isPlain(this.#head) && (this.#body === undefined || isPlain(this.#body))) {
      this.#same = this.#make({});
    }
  }

  /** @param values for what is in braces */
  make(values: () => Values): Message {
    return this.#same ?? this.#make(values());
  }

  #make(values: Values): Message {
    const body = this.#body === undefined ? undefined : fill(this.#body, values);
    const bytes = Buffer.byteLength(body ?? '');
    const length = body !== undefined && this.#saysLength ? `content-length: ${bytes}\r\n` : '';
    const text = `${fill(this.#head, values)}${length}\r\n${body ?? ''}`;
    return { bytes: Buffer.from(text), isHead: this.#isHead };
  }
}
