export { directMailFile } from './direct-mail-file.js';
