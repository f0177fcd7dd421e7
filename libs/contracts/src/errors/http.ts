import type { ErrorTable } from './error-table.js';

/** Error codes of the HTTP edge: what can be wrong with a request before any scope has looked at it. */
export const httpErrors = {
  'HTTP.MALFORMED_REQUEST': { status: 400, title: 'The request is not well-formed HTTP' },
  'HTTP.MALFORMED_URL': { status: 400, title: 'The URL holds an invalid escape or character' },
  'HTTP.MALFORMED_JSON': { status: 400, title: 'The body is not acceptable JSON' },
  'HTTP.MALFORMED_BODY': { status: 400, title: 'The body does not match its content type or encoding' },
  'HTTP.INVALID_REQUEST': { status: 400, title: 'The request breaks its schema' },
  'HTTP.INVALID_IDEMPOTENCY_KEY': {
    status: 400,
    title: 'An idempotency key is 1 to 255 visible ASCII characters',
  },
  'HTTP.UNAUTHENTICATED': { status: 401, title: 'A valid key is needed' },
  'HTTP.FORBIDDEN': { status: 403, title: 'The caller may not do this' },
  'HTTP.NOT_FOUND': { status: 404, title: 'There is nothing at this address' },
  'HTTP.METHOD_NOT_ALLOWED': { status: 405, title: 'This address does not take this method' },
  'HTTP.NOT_ACCEPTABLE': { status: 406, title: 'None of the accepted media types can be served' },
  'HTTP.CONFLICT': { status: 409, title: 'The request conflicts with the present state' },
  'HTTP.IDEMPOTENCY_IN_PROGRESS': {
    status: 409,
    title: 'The first request with this idempotency key is still running',
  },
  'HTTP.PRECONDITION_FAILED': { status: 412, title: 'The version named by If-Match is not the present one' },
  'HTTP.PAYLOAD_TOO_LARGE': { status: 413, title: 'The body is too large' },
  'HTTP.URI_TOO_LONG': { status: 414, title: 'The URL is too long' },
  'HTTP.UNSUPPORTED_MEDIA_TYPE': { status: 415, title: 'The body has an unsupported type or encoding' },
  'HTTP.IDEMPOTENCY_KEY_REUSED': {
    status: 422,
    title: 'The idempotency key was used for another request',
  },
  'HTTP.REFUSED': { status: 422, title: 'The request was understood but refused' },
  'HTTP.PRECONDITION_REQUIRED': { status: 428, title: 'If-Match is needed' },
  'HTTP.TOO_MANY_REQUESTS': { status: 429, title: 'Too many requests' },
  'HTTP.HEADERS_TOO_LARGE': { status: 431, title: 'The header or URL is too large' },
  'HTTP.INTERNAL': { status: 500, title: 'Something went wrong on our side' },
  'HTTP.UNAVAILABLE': { status: 503, title: 'Not available at the moment' },
  'HTTP.OVERLOADED': { status: 503, title: 'Too much is going on; try again shortly' },
} as const satisfies ErrorTable;
