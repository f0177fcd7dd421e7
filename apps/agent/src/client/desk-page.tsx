import { type ReactNode, useState } from 'react';
import { CallView } from './call/call-view.js';
import { Welcome } from './call/welcome.js';
import { useMyCalls, useSettings } from './queries.js';
import { useHub } from './session/hub.js';
import { TaskView } from './work/task-view.js';
import { type Chosen, WorkList } from './work/work-list.js';

/** Work on the left, whom it is about in the middle, what to offer on the right. */
export function DeskPage(): ReactNode {
  const { agent } = useHub();
  const [chosen, choose] = useState<Chosen>();
  const calls = useMyCalls();
  // The codes that end a call have to be here before a line can break.
  useSettings();
  const own = calls.data?.items.find((call) => call.agent === agent && call.status !== 'ended');
  const [popped, pop] = useState<string>();
  // The screen pop: a call for this agent opens by itself, in the same frame in which it is listed.
  if (own?.id !== popped) {
    pop(own?.id);
    if (own) choose({ kind: 'call', id: own.id });
  }
  return (
    <div className="desk">
      <WorkList chosen={chosen} onChoose={choose} />
      <main className="stage" tabIndex={-1} id="stage">
        {chosen?.kind === 'call' && (
          <CallView key={chosen.id} id={chosen.id} onDone={() => choose(undefined)} />
        )}
        {chosen?.kind === 'task' && (
          <TaskView key={chosen.id} id={chosen.id} onDone={() => choose(undefined)} />
        )}
        {!chosen && <Welcome />}
      </main>
    </div>
  );
}
