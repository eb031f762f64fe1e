import { ModelError } from '../../../model/problem.ts';

/** What a client of the control API is told: the words and the status are Toxiproxy's. */
export class ApiError extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** Any error, as a client is told of it. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof ModelError) return new ApiError(badBody(error), 400);
  // What the operating system says, such as that an address is in use.
  return new ApiError(error instanceof Error ? error.message : String(error), 500);
}

function badBody({ problems }: ModelError): string {
  const told = problems.map(({ path, message, read, expected }) => {
    const where = path === '' ? '' : `${path}: `;
    const found =
      read === '' || read.startsWith('{') || read.startsWith('[') ? '' : `, not ${read}`;
    return `${where}${message}${expected === undefined ? '' : `; ${expected}`}${found}`;
  });
  return `bad request body: ${told.join('. ')}`;
}
