/** Calls the sandbox. @throws Error with a sentence for the reader */
export async function callApi<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  const response = await fetch(`/sandbox/api/${path}`, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  if (response.status === 204) return undefined as T;
  const answer = (await response.json().catch(() => ({}))) as T & { detail?: string };
  if (response.ok) return answer;
  throw new Error(answer.detail ?? `The sandbox answered ${response.status}.`);
}
