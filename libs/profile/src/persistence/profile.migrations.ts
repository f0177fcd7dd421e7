import { CreateProfile1790000000500 } from './create-profile.migration.js';
import { CreateMergeUndo1790000000560 } from './merge-undo.migration.js';
import { CreateProfileTexts1790000000570 } from './profile-texts.migration.js';
import { AddTimelineVersion1790000000585 } from './timeline-version.migration.js';
import { CreateTraitDefinitions1790000000550 } from './trait-definitions.migration.js';

/** In the order in which they run. */
export const profileMigrations = [
  CreateProfile1790000000500,
  CreateTraitDefinitions1790000000550,
  CreateMergeUndo1790000000560,
  CreateProfileTexts1790000000570,
  AddTimelineVersion1790000000585,
];
