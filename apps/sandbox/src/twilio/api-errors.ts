/** An error as Twilio's API answers it. */
export interface ApiError {
  status: number;
  code: number;
  message: string;
}

export const AUTHENTICATE: ApiError = { status: 401, code: 20003, message: 'Authenticate' };
export const TOO_MANY: ApiError = { status: 429, code: 20429, message: 'Too Many Requests' };
export const BROKEN: ApiError = {
  status: 500,
  code: 20500,
  message: 'An internal server error has occurred',
};

export function notFound(path: string): ApiError {
  return { status: 404, code: 20404, message: `The requested resource ${path} was not found` };
}

export function refused(code: number, message: string): ApiError {
  return { status: 400, code, message };
}

export function errorBody({ status, code, message }: ApiError) {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}
