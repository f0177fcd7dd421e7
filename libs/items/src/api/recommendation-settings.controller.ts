import { Controller, Get, Headers, Inject, Put, Res } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ApiDoc, type HeaderWriter, orThrow, tagged, ValidBody, versionOf } from '@repartee/platform';
import { type RecommendationSettings, recommendationSettingsSchema } from '../domain/index.js';
import { Recommendations, type SettingsView } from './recommendations.js';

const tags = ['Items'];
const responses = { 200: recommendationSettingsSchema };

/** How fast what people did with items is forgotten. */
@Controller('v1/recommendation-settings')
export class RecommendationSettingsController {
  constructor(@Inject(Recommendations) private readonly recommendations: Recommendations) {}

  @Get()
  @Allow('server', { scope: 'items:read' })
  @ApiDoc({ summary: 'How recommendations are counted', tags, responses })
  async get(@Res({ passthrough: true }) reply: HeaderWriter): Promise<RecommendationSettings> {
    return answer(reply, await this.recommendations.settings());
  }

  @Put()
  @Allow('admin', { scope: 'configuration:write' })
  @ApiDoc({
    summary: 'Change how recommendations are counted',
    description:
      'Needs `If-Match`. Counts stay what they are at this moment and decay by the new half-lives from now on.',
    tags,
    responses,
  })
  async replace(
    @ValidBody(recommendationSettingsSchema) settings: RecommendationSettings,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<RecommendationSettings> {
    const version = orThrow(versionOf(ifMatch));
    return answer(reply, orThrow(await this.recommendations.change(settings, version)));
  }
}

function answer(reply: HeaderWriter, { settings, version }: SettingsView): RecommendationSettings {
  return tagged(reply, settings, version);
}
