import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { fail, failure } from '@repartee/contracts';
import { type MessageToken, MessageTokens } from '@repartee/delivery';
import { Ingest } from '@repartee/ingestion';
import { ApiDoc, IgnoresIdempotencyKey, Open, orThrow } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MessageEvents } from './message-events.js';
import { escapeHtml, page, PAGE_HEADERS } from './page.js';

const REASON = 'the signed token in the link says who';
/** Seconds until a choice shows; it is durable at once. */
const SHOW_WAIT = 2;

/** Unsubscribe (RFC 8058) and the preference centre. Opening a link changes nothing: link scanners open them all. */
@Controller()
export class PreferencesController {
  constructor(
    @Inject(MessageTokens) private readonly tokens: MessageTokens,
    @Inject(MessageEvents) private readonly events: MessageEvents,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Ingest) private readonly ingest: Ingest,
  ) {}

  @Get('u/:token')
  @Open(REASON)
  @ApiDoc({ summary: 'Asks whether to unsubscribe', tags: ['Links'] })
  ask(@Param('token') token: string, @Res() reply: FastifyReply) {
    const { channel } = this.open(token);
    const what = escapeHtml(channel);
    return reply
      .headers(PAGE_HEADERS)
      .send(
        page(
          'Unsubscribe',
          `<p>Do you no longer want ${what}?</p><form method="post"><button>Unsubscribe</button></form>`,
        ),
      );
  }

  /** One-click unsubscribe: any body, no cookie, no redirect. */
  @Post('u/:token')
  @HttpCode(200)
  @Open(REASON)
  @IgnoresIdempotencyKey()
  @ApiDoc({ summary: 'Unsubscribes at one click (RFC 8058)', tags: ['Links'] })
  async unsubscribe(@Param('token') token: string, @Res() reply: FastifyReply) {
    const message = this.open(token);
    // The very next send heeds it.
    await this.ingest.visible(orThrow(await this.events.wants(message, false)), SHOW_WAIT);
    const preferences = `<p><a href="/p/${escapeHtml(token)}">Change your mind</a></p>`;
    return reply
      .headers(PAGE_HEADERS)
      .send(
        page('Done', `<p>You will get no more ${escapeHtml(message.channel)} from us.</p>${preferences}`),
      );
  }

  @Get('p/:token')
  @Open(REASON)
  @ApiDoc({ summary: 'The preference centre', tags: ['Links'] })
  async preferences(@Param('token') token: string, @Res() reply: FastifyReply) {
    const message = this.open(token);
    const profile = await this.profiles.findById(message.profileId);
    const denied = profile?.record.consents[message.channel]?.status === 'denied';
    return reply.headers(PAGE_HEADERS).send(page('Your preferences', form(message, !denied)));
  }

  @Post('p/:token')
  @HttpCode(200)
  @Open(REASON)
  @IgnoresIdempotencyKey()
  @ApiDoc({ summary: 'Sets preferences', tags: ['Links'] })
  async choose(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const message = this.open(token);
    const fields = (request.body ?? {}) as Record<string, unknown>;
    const wanted = fields['wanted'] === 'yes';
    const ingested = orThrow(await this.events.wants(message, wanted));
    await this.ingest.visible(ingested, SHOW_WAIT);
    return reply.headers(PAGE_HEADERS).send(page('Saved', form(message, wanted)));
  }

  private open(token: string): MessageToken {
    const message = this.tokens.open(token);
    return (
      message ?? orThrow(fail(failure('LINK.INVALID', 'The link is not complete, or was not made here.')))
    );
  }
}

function form({ channel }: MessageToken, wanted: boolean): string {
  const option = (value: 'yes' | 'no', text: string) =>
    `<p><label><input type="radio" name="wanted" value="${value}"${wanted === (value === 'yes') ? ' checked' : ''}> ${text}</label></p>`;
  return `<form method="post"><fieldset><legend>${escapeHtml(channel)}</legend>
${option('yes', 'Send me offers')}${option('no', 'Send me none')}</fieldset><button>Save</button></form>`;
}
