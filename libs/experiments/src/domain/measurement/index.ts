export { measure, measuresBefore, type Happening, type Measured } from './measure.js';
