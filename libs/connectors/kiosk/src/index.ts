export { kiosk } from './kiosk.js';
export { kioskTreatment, type CompiledKioskContent, type KioskContent } from './kiosk-treatment.js';
