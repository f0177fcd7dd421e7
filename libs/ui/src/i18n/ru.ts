import type { UiWord } from './en.js';
import type { Catalogue } from './locale.js';

export const ru: Catalogue<UiWord> = {
  close: 'Закрыть',
  messages: 'Сообщения',
  failed: 'Не получилось',
  unreachable: 'Сервер недоступен.',
  retry: 'Повторить',
  loading: 'Загрузка',
  over: 'истекло',
  language: 'Язык',
  theme: 'Оформление',
  themeSystem: 'Как в системе',
  themeLight: 'Светлое',
  themeDark: 'Тёмное',
  choose: 'Выберите…',
  add: 'Добавить',
  remove: 'Убрать',
};
