import { Inject, Injectable } from '@nestjs/common';
import { type CompiledContent, fail, failure, ok, type Result } from '@repartee/contracts';
import { type ContentPreview, ContentRenderer } from '@repartee/decisioning';
import { Deliveries } from '@repartee/delivery';
import { Dialogues } from '@repartee/dialogue';
import { TaskStore } from '@repartee/engagement';
import type { Task } from '@repartee/engagement/domain';
import { Clock, Database, newId } from '@repartee/platform';

interface Written {
  task: Task;
  profileId: string;
  channel: string;
  content: CompiledContent;
}

/** What Liquid would read as its own. */
const LIQUID = /\{(?=[{%])/g;

/** Answers what people wrote: to their own message, so at any hour, and in the conversation that goes on. */
@Injectable()
export class DeskAnswers {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TaskStore) private readonly tasks: TaskStore,
    @Inject(ContentRenderer) private readonly renderer: ContentRenderer,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(Dialogues) private readonly dialogues: Dialogues,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** What an answer would say, and what it takes to send it. Fails with TASK.NOT_FOUND or TASK.NO_ANSWER. */
  async preview(taskId: string, text: string): Promise<Result<ContentPreview>> {
    const written = await this.write(taskId);
    if (!written.ok) return written;
    const { channel, content } = written.value;
    const shown = this.renderer.preview(channel, content, { data: { text } });
    // What is filled in counts as a stand-in: the size is that of the words themselves.
    const literal = await this.renderer.compile(channel, wordsFor(channel, text.replace(LIQUID, '{ ')));
    if (!shown.ok || !literal.ok) return shown;
    return ok({ ...shown.value, estimate: this.renderer.estimate(channel, literal.value) });
  }

  /**
   * Sends it on the channel and to the address they wrote from. Fails as {@link preview}, and with TASK.CLOSED where
   * the task was to be completed and is no longer open.
   */
  async answer(
    taskId: string,
    { text, complete, agent }: { text: string; complete: boolean; agent: string },
  ): Promise<Result<{ deliveryId: string }>> {
    const written = await this.write(taskId);
    if (!written.ok) return written;
    const { task, profileId, channel, content } = written.value;
    if (complete && task.state !== 'open') return fail(failure('TASK.CLOSED', `The task is ${task.state}.`));
    const dialogueId = task.dialogueId ?? newId();
    const deliveryId = await this.database.transaction(async (tx) => {
      if (complete) await this.tasks.finish(tx, task.origin, 'answered');
      await this.dialogues.say(tx, [
        {
          dialogueId,
          id: newId(),
          at: this.clock.now(),
          speaker: 'us',
          channel,
          said: { text, agent },
          profileId,
          anonymousId: null,
        },
      ]);
      return this.deliveries.request(tx, {
        idempotencyKey: `agent:${newId()}`,
        profileId,
        channel,
        class: 'transactional',
        origin: 'agent',
        content,
        data: { data: { text } },
        dialogueId,
        ...(task.address !== null && { address: task.address }),
      });
    });
    return ok({ deliveryId: deliveryId ?? '' });
  }

  private async write(taskId: string): Promise<Result<Written>> {
    const task = await this.tasks.find(taskId);
    if (!task) return fail(failure('TASK.NOT_FOUND', 'No task has this id.'));
    const { profileId } = task;
    const { channel } = task.data;
    if (profileId === null || typeof channel !== 'string')
      return fail(failure('TASK.NO_ANSWER', 'Nobody is known who could be answered here.'));
    const content = await this.renderer.compile(channel, wordsFor(channel, '{{ data.text }}'));
    return content.ok ? ok({ task, profileId, channel, content: content.value }) : content;
  }
}

/** Plain words as content of a channel: an e-mail has a subject and a dress, a text has a body. */
function wordsFor(channel: string, words: string): Record<string, unknown> {
  return channel === 'email' ? { subject: 'Your message', html: `<p>${words}</p>` } : { body: words };
}
