import './styles/ui.css';

export { ApiError, apiErrorOf, mayPass, type Problem } from './api/api-error.js';
export {
  answerOf,
  type ApiClient,
  type ApiOptions,
  createApi,
  type CsrfToken,
  idempotencyKey,
} from './api/api-client.js';
export type { components, paths } from './api/api-types.generated.js';
export { createQueryClient, QueryProvider } from './api/query.js';
export { Button, type ButtonProps } from './components/button.js';
export { clockText, Countdown, useNow } from './components/countdown.js';
export { Dialog, type DialogProps } from './components/dialog.js';
export { Checkbox, Field, type FieldProps, TextArea, TextField } from './components/field.js';
export { Menu, type MenuEntry, type MenuProps } from './components/menu.js';
export { type Choice, Select, type SelectProps } from './components/select.js';
export {
  Avatar,
  Badge,
  Card,
  type CardProps,
  Kbd,
  Skeleton,
  type Tone,
  VisuallyHidden,
} from './components/small-parts.js';
export { EmptyState, ErrorState, LoadingState } from './components/states.js';
export { type Column, Table, type TableProps } from './components/table.js';
export { type TabEntry, Tabs, type TabsProps } from './components/tabs.js';
export { type ShowToast, ToastProvider, type ToastTone, useToast } from './components/toast.js';
export { Face } from './face.js';
export { type FormValue, type ObjectSchema } from './forms/schema-fields.js';
export { SchemaForm, type SchemaFormProps } from './forms/schema-form.js';
export { type Formats } from './i18n/formats.js';
export { type Catalogues, createText, LanguageProvider, type Text, useLanguage } from './i18n/language.js';
export {
  type Catalogue,
  type Locale,
  LOCALE_NAMES,
  LOCALES,
  type Phrase,
  type PhraseValues,
} from './i18n/locale.js';
export { type LiveLineParts, openLiveLine } from './stream/live-line.js';
export type { LiveEvent, StreamState } from './stream/stream-reader.js';
export { LanguageSwitch, ThemeSwitch } from './theme/switches.js';
export { type Theme, ThemeProvider, THEMES, useTheme } from './theme/theme.js';
