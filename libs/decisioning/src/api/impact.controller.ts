import { Controller, Get } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ApiDoc, ValidQuery } from '@repartee/platform';
import { ImpactReports } from './impact-reports.js';
import {
  type ImpactQuery,
  impactQuerySchema,
  type ImpactReport,
  impactReportSchema,
} from './impact-schemas.js';

/** What deciding as we do is worth. */
@Allow('server')
@Controller('v1/reports')
export class ImpactController {
  constructor(private readonly reports: ImpactReports) {}

  @Get('impact')
  @ApiDoc({
    summary: 'What models, levers and ranking are worth, measured on small groups that do without them',
    tags: ['Reports'],
    responses: { 200: impactReportSchema },
  })
  read(@ValidQuery(impactQuerySchema) { since }: ImpactQuery): Promise<ImpactReport> {
    return this.reports.read(since);
  }
}
