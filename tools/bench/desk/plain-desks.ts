import { answerQuestions } from '../child.js';

/** Desks without a browser: each holds a stream open and asks what the page asks when its agent gets a call. */
export interface Open {
  kind: 'open';
  url: string;
  key: string;
  agents: readonly string[];
}
/** What they saw since they were last asked. */
export interface Report {
  kind: 'report';
}
/** A call by its id, and when its desk had everything, in milliseconds since the epoch. */
export type Shown = [id: string, at: number];

const shown: Shown[] = [];

async function answer(question: Open | Report): Promise<Shown[]> {
  if (question.kind === 'open') {
    await Promise.all(question.agents.map((agent) => sit(question, agent)));
    return [];
  }
  return shown.splice(0);
}

/** Resolves once the stream is open; reads on until this process ends. */
async function sit({ url, key }: Open, agent: string): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const ask = async (path: string, body?: object): Promise<void> => {
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    await (await fetch(url + path, { headers, ...init })).arrayBuffer();
  };
  const pop = async (id: string): Promise<void> => {
    await Promise.all([
      ask(`/v1/calls?agent=${encodeURIComponent(agent)}&live=true`),
      ask(`/v1/calls/${id}`),
      ask(`/v1/desk/calls/${id}`),
      ask('/v1/decisions', {
        identifiers: {},
        callId: id,
        channel: 'call_center',
        zones: [{ zone: 'agent.main', count: 3 }],
        context: {},
        explain: true,
      }),
    ]);
    shown.push([id, Date.now()]);
  };
  const response = await fetch(`${url}/v1/stream?topics=calls,tasks,people,notices`, { headers });
  if (!response.ok || !response.body) throw new Error(`the stream answered ${response.status}`);
  void listen(response.body, (call) => {
    if (call.agent === agent && call.status === 'answered') void pop(call.callId);
  });
}

interface CallEvent {
  callId: string;
  agent: string | null;
  status: string;
}

async function listen(body: ReadableStream<Uint8Array>, hear: (call: CallEvent) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^event: calls$/m.test(block) ? /^data: (.*)$/m.exec(block)?.[1] : undefined;
      if (data !== undefined) hear(JSON.parse(data) as CallEvent);
    }
  }
}

answerQuestions(answer);
